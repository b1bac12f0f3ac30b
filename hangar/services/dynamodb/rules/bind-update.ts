// Puts names and values into an update expression and checks it as AWS does.

import { typeOf, type AttributeValue, type ValueType } from "./attribute-value.ts";
import { bindPath, checkOverlap, type Bindings, type BoundPath } from "./bindings.ts";
import { checkCount } from "./expression-form.ts";
import { invalidExpression } from "./expression-tokens.ts";
import type { Call, Operand, UpdateAction, UpdateKind, UpdateTree } from "./expression-tree.ts";

export type UpdateOperand =
  | { readonly kind: "path"; readonly path: BoundPath }
  | { readonly kind: "literal"; readonly value: AttributeValue }
  | { readonly kind: "if_not_exists"; readonly path: BoundPath; readonly otherwise: UpdateOperand }
  | { readonly kind: "list_append" | "+" | "-"; readonly left: UpdateOperand; readonly right: UpdateOperand };

export type BoundAction =
  | { readonly kind: "SET"; readonly path: BoundPath; readonly operand: UpdateOperand }
  | { readonly kind: "REMOVE"; readonly path: BoundPath }
  | { readonly kind: "ADD" | "DELETE"; readonly path: BoundPath; readonly value: AttributeValue };

/** `legacy` updates complain in the words of AttributeUpdates. */
export type BoundUpdate = { readonly actions: readonly BoundAction[]; readonly legacy?: true };

const SPELLED: Readonly<Record<ValueType, string>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  SS: "STRING_SET",
  NS: "NUMBER_SET",
  BS: "BINARY_SET",
  NULL: "NULL",
  BOOL: "BOOLEAN",
  L: "LIST",
  M: "MAP",
};
const SETS: ReadonlySet<ValueType> = new Set(["SS", "NS", "BS"]);

export function bindUpdate(tree: UpdateTree, label: string, bindings: Bindings): BoundUpdate {
  const binder = new UpdateBinder(label, bindings);
  const paths = tree.actions.map(({ path }) => bindPath(path, label, bindings));
  checkOverlap(paths, (message) => invalidExpression(label, message));
  // AWS goes through the actions backwards: names first, then values and their types.
  if (tree.named)
    for (const { operand } of tree.actions.toReversed()) if (operand !== undefined) binder.checkNames(operand);
  const actions: BoundAction[] = [];
  for (let index = tree.actions.length - 1; index >= 0; index -= 1)
    actions.unshift(binder.action(tree.actions[index] as UpdateAction, paths[index] as BoundPath));
  return { actions };
}

class UpdateBinder {
  readonly #label: string;
  readonly #bindings: Bindings;

  constructor(label: string, bindings: Bindings) {
    this.#label = label;
    this.#bindings = bindings;
  }

  #wrong(message: string): Error {
    return invalidExpression(this.#label, message);
  }

  checkNames(tree: Operand): void {
    if (tree.kind === "path") bindPath(tree.path, this.#label, this.#bindings);
    else if (tree.kind === "arithmetic") for (const side of [tree.left, tree.right]) this.checkNames(side);
    else if (tree.kind === "call") for (const operand of tree.operands) this.checkNames(operand);
  }

  action(tree: UpdateAction, path: BoundPath): BoundAction {
    if (tree.operand === undefined) return { kind: "REMOVE", path };
    const operand = this.#operand(tree.operand);
    if (tree.kind === "SET") return { kind: "SET", path, operand };
    const value = operand.kind === "literal" ? operand.value : {};
    this.#checkAction(tree.kind, typeOf(value));
    return { kind: tree.kind as "ADD", path, value };
  }

  /** ADD takes numbers and sets, DELETE takes sets. */
  #checkAction(kind: UpdateKind, type: ValueType): void {
    if (SETS.has(type) || (kind === "ADD" && type === "N")) return;
    throw this.#wrong(
      `Incorrect operand type for operator or function; operator: ${kind}, operand type: ${SPELLED[type]}, typeSet: ALLOWED_FOR_${kind}_OPERAND`,
    );
  }

  #operand(tree: Operand): UpdateOperand {
    switch (tree.kind) {
      case "path":
        return { kind: "path", path: bindPath(tree.path, this.#label, this.#bindings) };
      case "value": {
        const value = this.#bindings.value(tree.name);
        if (value === undefined)
          throw this.#wrong(
            `An expression attribute value used in expression is not defined; attribute value: ${tree.name}`,
          );
        return { kind: "literal", value };
      }
      case "arithmetic": {
        const [left, right] = [this.#operand(tree.left), this.#operand(tree.right)];
        for (const operand of [left, right]) this.#checkType(tree.operator, operand, "N");
        return { kind: tree.operator, left, right };
      }
      case "call":
        return this.#call(tree);
    }
  }

  #call({ name, operands }: Call): UpdateOperand {
    checkCount(name, operands.length, this.#label);
    const [left, right] = operands.map((operand) => this.#operand(operand)) as [UpdateOperand, UpdateOperand];
    if (name === "list_append") {
      for (const operand of [left, right]) this.#checkType(name, operand, "L");
      return { kind: name, left, right };
    }
    if (left.kind !== "path")
      throw this.#wrong("Operator or function requires a document path; operator or function: if_not_exists");
    return { kind: "if_not_exists", path: left.path, otherwise: right };
  }

  #checkType(name: string, operand: UpdateOperand, wanted: ValueType): void {
    if (operand.kind !== "literal" || typeOf(operand.value) === wanted) return;
    throw this.#wrong(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${typeOf(operand.value)}`,
    );
  }
}
