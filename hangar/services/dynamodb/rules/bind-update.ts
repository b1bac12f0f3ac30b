// Puts names and values into an update expression and checks it as AWS does.

import { typeOf, type AttributeValue, type ValueType } from "./attribute-value.ts";
import { bindPath, checkOverlap, Problems, type Bindings, type BoundPath } from "./bindings.ts";
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

type Sort =
  | "reserved"
  | "unknownFunction"
  | "section"
  | "undefinedName"
  | "undefinedValue"
  | "overlap"
  | "conflict"
  | "operand"
  | "function";
const ORDER: readonly Sort[] = [
  "reserved",
  "unknownFunction",
  "section",
  "undefinedName",
  "undefinedValue",
  "overlap",
  "conflict",
  "operand",
  "function",
];

const SPELLED: Readonly<Partial<Record<ValueType, string>>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  NULL: "NULL",
  BOOL: "BOOLEAN",
  L: "LIST",
  M: "MAP",
};

export function bindUpdate(tree: UpdateTree, label: string, bindings: Bindings): BoundUpdate {
  const binder = new UpdateBinder(bindings);
  if (tree.repeated !== undefined)
    binder.problems.add("section", `The "${tree.repeated}" section can only be used once in an update expression;`);
  const actions = tree.actions.map((action) => binder.action(action));
  checkOverlap(
    actions.map((action) => action.path),
    (sort, message) => binder.problems.add(sort, message),
  );
  const problem = binder.problems.first(ORDER);
  if (problem !== undefined) throw invalidExpression(label, problem);
  return { actions };
}

class UpdateBinder {
  readonly problems = new Problems<Sort>();
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  action(tree: UpdateAction): BoundAction {
    const path = this.#path(tree.path);
    if (tree.operand === undefined) return { kind: "REMOVE", path };
    const operand = this.#operand(tree.operand);
    if (tree.kind === "SET") return { kind: "SET", path, operand };
    const value = operand.kind === "literal" ? operand.value : {};
    this.#checkAction(tree.kind, value);
    return { kind: tree.kind as "ADD", path, value };
  }

  /** ADD takes numbers and sets, DELETE takes sets. */
  #checkAction(kind: UpdateKind, value: AttributeValue): void {
    const type = typeOf(value);
    const spelled = Object.keys(value).length === 0 ? undefined : SPELLED[type];
    if (spelled === undefined || (kind === "ADD" && type === "N")) return;
    this.problems.add(
      "operand",
      `Incorrect operand type for operator or function; operator: ${kind}, operand type: ${spelled}`,
    );
  }

  #path(path: readonly (string | number)[]): BoundPath {
    return bindPath(path, this.#bindings, {
      undefinedName: (message) => this.problems.add("undefinedName", message),
      reserved: (message) => this.problems.add("reserved", message),
    });
  }

  #operand(tree: Operand): UpdateOperand {
    switch (tree.kind) {
      case "path":
        return { kind: "path", path: this.#path(tree.path) };
      case "value": {
        const value = this.#bindings.value(tree.name);
        if (value === undefined)
          this.problems.add(
            "undefinedValue",
            `An expression attribute value used in expression is not defined; attribute value: ${tree.name}`,
          );
        return { kind: "literal", value: value ?? {} };
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
    const bound = operands.map((operand) => this.#operand(operand));
    const [left, right] = bound as [UpdateOperand, UpdateOperand];
    if (name !== "if_not_exists" && name !== "list_append") {
      this.problems.add("unknownFunction", `Invalid function name; function: ${name}`);
    } else if (bound.length !== 2) {
      this.problems.add(
        "function",
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${bound.length}`,
      );
    } else if (name === "list_append") {
      for (const operand of bound) this.#checkType(name, operand, "L");
    } else if (left.kind !== "path") {
      this.problems.add(
        "function",
        "Operator or function requires a document path; operator or function: if_not_exists",
      );
    }
    if (name === "if_not_exists")
      return { kind: "if_not_exists", path: left.kind === "path" ? left.path : [], otherwise: right };
    return { kind: "list_append", left, right };
  }

  #checkType(name: string, operand: UpdateOperand, wanted: ValueType): void {
    if (operand.kind !== "literal" || Object.keys(operand.value).length === 0) return;
    const type = typeOf(operand.value);
    if (type !== wanted)
      this.problems.add(
        "function",
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
      );
  }
}
