// Puts names and values into a condition and checks it as AWS does: what is reported first does not follow the text.

import { invalidExpression } from "./expression-tokens.ts";
import { typeOf, type AttributeValue, type ValueType } from "./attribute-value.ts";
import { bindPath, Problems, samePath, showPath, type Bindings, type BoundPath } from "./bindings.ts";
import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import { compareValues } from "./compare-values.ts";
import type { Call, Condition, ConditionTree, Leaf, Operand } from "./expression-tree.ts";

type Sort = "parentheses" | "operators" | "unknownFunction" | "misusedFunction" | "reserved" | "leaf";
type LeafSort = "undefined" | "operands" | "distinct" | "type";

const ORDER: readonly Sort[] = ["operators", "parentheses", "unknownFunction", "misusedFunction", "reserved", "leaf"];
const LEAF_ORDER: readonly LeafSort[] = ["undefined", "operands", "distinct", "type"];
const FUNCTIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
const TYPES: ReadonlySet<string> = new Set(["S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M"]);
const ORDERED: ReadonlySet<ValueType> = new Set(["S", "N", "B"]);
const MAX_OPERATORS = 300;
const MAX_IN = 100;

/** `paths` are all document paths the condition names. */
export type Bound = { readonly condition: BoundCondition; readonly paths: readonly BoundPath[] };

export function bindCondition(tree: ConditionTree, label: string, bindings: Bindings): Bound {
  const binder = new ConditionBinder(bindings);
  if (tree.operators > MAX_OPERATORS)
    binder.problems.add("operators", `The expression contains too many operators; operator count: ${tree.operators}`);
  if (tree.redundantParentheses) binder.problems.add("parentheses", "The expression has redundant parentheses;");
  const condition = binder.condition(tree.condition);
  const problem = binder.problems.first(ORDER);
  if (problem !== undefined) throw invalidExpression(label, problem);
  return { condition, paths: binder.paths };
}

class ConditionBinder {
  readonly problems = new Problems<Sort>();
  readonly paths: BoundPath[] = [];
  readonly #bindings: Bindings;
  #leaf = new Problems<LeafSort>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  condition(tree: Condition): BoundCondition {
    if (tree.kind === "and" || tree.kind === "or")
      return { kind: tree.kind, left: this.condition(tree.left), right: this.condition(tree.right) };
    if (tree.kind === "not") return { kind: "not", condition: this.condition(tree.condition) };
    this.#leaf = new Problems();
    const bound = this.#bindLeaf(tree);
    const problem = this.#leaf.first(LEAF_ORDER);
    if (problem !== undefined) this.problems.add("leaf", problem);
    return bound;
  }

  #bindLeaf(tree: Leaf): BoundCondition {
    switch (tree.kind) {
      case "compare":
        return this.#bindComparison(tree);
      case "between": {
        const [operand, lower, upper] = [tree.operand, tree.lower, tree.upper].map((each) => this.#operand(each)) as [
          BoundOperand,
          BoundOperand,
          BoundOperand,
        ];
        this.#checkBetween(lower, upper);
        return { kind: "between", operand, lower, upper };
      }
      case "in": {
        if (tree.list.length > MAX_IN)
          this.#leaf.add(
            "operands",
            `The IN operator is provided with too many operands; number of operands: ${tree.list.length}`,
          );
        return { kind: "in", operand: this.#operand(tree.operand), list: tree.list.map((each) => this.#operand(each)) };
      }
      case "call":
        return this.#call(tree);
    }
  }

  #bindComparison(tree: Extract<Condition, { kind: "compare" }>): BoundCondition {
    const left = this.#operand(tree.left);
    const right = this.#operand(tree.right);
    this.#checkDistinct(tree.operator, left, right);
    if (tree.operator !== "=" && tree.operator !== "<>")
      for (const side of [left, right]) this.#checkOrdered(tree.operator, side);
    return { kind: "compare", operator: tree.operator, left, right };
  }

  /** An operand of a comparison or function: of the functions only size may stand here. */
  #operand(tree: Operand): BoundOperand {
    if (tree.kind === "path") return { kind: "path", path: this.#path(tree.path) };
    if (tree.kind === "value") return { kind: "literal", value: this.#value(tree.name) };
    if (tree.kind === "arithmetic") throw new TypeError("Conditions have no arithmetic.");
    const operands = tree.operands.map((each) => this.#operand(each));
    this.#checkCall(tree, operands);
    if (tree.name !== "size")
      this.problems.add(
        "misusedFunction",
        `The function is not allowed to be used this way in an expression; function: ${tree.name}`,
      );
    return { kind: "size", of: operands[0] as BoundOperand };
  }

  #path(path: readonly (string | number)[]): BoundPath {
    const bound = bindPath(path, this.#bindings, {
      undefinedName: (message) => this.#leaf.add("undefined", message),
      reserved: (message) => this.problems.add("reserved", message),
    });
    this.paths.push(bound);
    return bound;
  }

  #value(name: string): AttributeValue {
    const value = this.#bindings.value(name);
    if (value === undefined)
      this.#leaf.add(
        "undefined",
        `An expression attribute value used in expression is not defined; attribute value: ${name}`,
      );
    return value ?? {};
  }

  #call(tree: Call): BoundCondition {
    const operands = tree.operands.map((each) => this.#operand(each));
    this.#checkCall(tree, operands);
    if (tree.name === "size")
      this.problems.add(
        "misusedFunction",
        "The function is not allowed to be used this way in an expression; function: size",
      );
    const [left, right] = operands as [BoundOperand, BoundOperand];
    if (tree.name === "attribute_exists" || tree.name === "attribute_not_exists") {
      return {
        kind: "exists",
        path: left.kind === "path" ? left.path : [],
        expected: tree.name === "attribute_exists",
      };
    }
    return { kind: tree.name as "contains", left, right };
  }

  #checkCall({ name }: Call, operands: readonly BoundOperand[]): void {
    const count = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (count === undefined) return this.problems.add("unknownFunction", `Invalid function name; function: ${name}`);
    if (operands.length !== count) {
      return this.#leaf.add(
        "operands",
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
      );
    }
    const [first, second] = operands as [BoundOperand, BoundOperand | undefined];
    if (second !== undefined) this.#checkDistinct(name, first, second);
    if (name.startsWith("attribute_") && name !== "attribute_type" && first.kind !== "path") {
      this.#leaf.add("type", `Operator or function requires a document path; operator or function: ${name}`);
    }
    if (name === "begins_with")
      for (const operand of operands) this.#checkType(name, operand, (type) => type === "S" || type === "B");
    if (name === "size") this.#checkType(name, first, (type) => type !== "N" && type !== "BOOL" && type !== "NULL");
    if (name === "attribute_type" && second !== undefined) this.#checkTypeName(second);
  }

  #checkTypeName(operand: BoundOperand): void {
    const type = literalType(operand);
    if (type !== "S") {
      return this.#leaf.add(
        "type",
        `Incorrect operand type for operator or function; operator or function: attribute_type, operand type: ${type ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"}`,
      );
    }
    const name = operand.kind === "literal" ? (operand.value.S ?? "") : "";
    if (!TYPES.has(name))
      this.#leaf.add(
        "type",
        `Invalid attribute type name found; type: ${name}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
      );
  }

  #checkType(name: string, operand: BoundOperand, allowed: (type: ValueType) => boolean): void {
    const type = operand.kind === "size" ? "N" : literalType(operand);
    if (type !== undefined && !allowed(type))
      this.#leaf.add(
        "type",
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
      );
  }

  #checkOrdered(operator: string, operand: BoundOperand): void {
    const type = literalType(operand);
    if (type !== undefined && !ORDERED.has(type))
      this.#leaf.add(
        "type",
        `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${type}`,
      );
  }

  #checkDistinct(operator: string, left: BoundOperand, right: BoundOperand): void {
    if (left.kind !== "path" || right.kind !== "path" || !samePath(left.path, right.path)) return;
    this.#leaf.add(
      "distinct",
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${showPath(left.path)}`,
    );
  }

  #checkBetween(lower: BoundOperand, upper: BoundOperand): void {
    for (const bound of [lower, upper]) this.#checkOrdered("BETWEEN", bound);
    const types = [literalType(lower), literalType(upper)];
    if (lower.kind !== "literal" || upper.kind !== "literal" || types.includes(undefined)) return;
    const bounds = `lower bound operand: AttributeValue: ${showValue(lower.value)}, upper bound operand: AttributeValue: ${showValue(upper.value)}`;
    if (types[0] !== types[1])
      this.#leaf.add("type", `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    else if ((compareValues(lower.value, upper.value) ?? 0) > 0) {
      this.#leaf.add(
        "type",
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
      );
    }
  }
}

/** Undefined for what is only known when an item is looked at, and for values that are not defined. */
function literalType(operand: BoundOperand): ValueType | undefined {
  if (operand.kind !== "literal" || Object.keys(operand.value).length === 0) return undefined;
  return typeOf(operand.value);
}

function showValue(value: AttributeValue): string {
  const type = typeOf(value);
  const shown =
    value.S ??
    value.N ??
    (value.B === undefined ? JSON.stringify(value[type]) : Buffer.from(value.B).toString("base64"));
  return `{${type}:${shown}}`;
}
