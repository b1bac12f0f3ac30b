// Puts names and values into a condition and checks its operands, in the order they are written.

import { invalidExpression } from "./expression-tokens.ts";
import { typeOf, type AttributeValue, type ValueType } from "./attribute-value.ts";
import { bindPath, samePath, showPath, type Bindings, type BoundPath } from "./bindings.ts";
import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import { compareValues } from "./compare-values.ts";
import type { Call, Condition, ConditionTree, Leaf, Operand } from "./expression-tree.ts";

const TYPES: ReadonlySet<string> = new Set(["S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M"]);
const ORDERED: ReadonlySet<ValueType> = new Set(["S", "N", "B"]);
const MEASURED: ReadonlySet<ValueType> = new Set(["S", "B", "SS", "NS", "BS", "L", "M"]);
const PREFIXED: ReadonlySet<ValueType> = new Set(["S", "B"]);
/** What AWS says a path may hold where it wants a text in the request. */
const ANY_TYPE = "{SS,M,DECIMAL,DOUBLESET,HDS,N,B,DICT,INTSET,BOOL,HD,BS,INT,DECIMALSET,NULL,FLOAT,FS,S,L,NS,DOUBLE}";
const NEEDS_PATH: ReadonlySet<string> = new Set(["attribute_exists", "attribute_not_exists", "attribute_type"]);
const MAX_IN = 100;

/** `paths` are all document paths the condition names. */
export type Bound = { readonly condition: BoundCondition; readonly paths: readonly BoundPath[] };

export function bindCondition(tree: ConditionTree, label: string, bindings: Bindings): Bound {
  const binder = new ConditionBinder(label, bindings);
  return { condition: binder.condition(tree.condition), paths: binder.paths };
}

class ConditionBinder {
  readonly paths: BoundPath[] = [];
  readonly #label: string;
  readonly #bindings: Bindings;

  constructor(label: string, bindings: Bindings) {
    this.#label = label;
    this.#bindings = bindings;
  }

  condition(tree: Condition): BoundCondition {
    if (tree.kind === "and" || tree.kind === "or")
      return { kind: tree.kind, left: this.condition(tree.left), right: this.condition(tree.right) };
    if (tree.kind === "not") return { kind: "not", condition: this.condition(tree.condition) };
    return this.#leaf(tree);
  }

  #wrong(message: string): Error {
    return invalidExpression(this.#label, message);
  }

  #leaf(tree: Leaf): BoundCondition {
    switch (tree.kind) {
      case "compare":
        return this.#comparison(tree);
      case "between":
        return this.#between(tree);
      case "in": {
        const operand = this.#operand(tree.operand);
        const list = tree.list.map((each) => this.#operand(each));
        if (list.length > MAX_IN)
          throw this.#wrong(`The IN operator is provided with too many operands; number of operands: ${list.length}`);
        this.#checkDistinct("IN", operand, list);
        return { kind: "in", operand, list };
      }
      case "call":
        return this.#call(tree);
    }
  }

  #comparison(tree: Extract<Condition, { kind: "compare" }>): BoundCondition {
    const { operator } = tree;
    const left = this.#operand(tree.left);
    const right = this.#operand(tree.right);
    this.#checkDistinct(operator, left, [right]);
    if (operator !== "=" && operator !== "<>")
      for (const side of [left, right]) this.#checkType(operator, side, ORDERED);
    return { kind: "compare", operator, left, right };
  }

  #between(tree: Extract<Condition, { kind: "between" }>): BoundCondition {
    const operand = this.#operand(tree.operand);
    const lower = this.#operand(tree.lower);
    const upper = this.#operand(tree.upper);
    this.#checkDistinct("BETWEEN", operand, [lower, upper]);
    for (const each of [operand, lower, upper]) this.#checkType("BETWEEN", each, ORDERED);
    if (lower.kind === "literal" && upper.kind === "literal") this.#checkBounds(lower.value, upper.value);
    return { kind: "between", operand, lower, upper };
  }

  #checkBounds(lower: AttributeValue, upper: AttributeValue): void {
    const problem =
      typeOf(lower) !== typeOf(upper)
        ? "same data type for lower and upper bounds"
        : (compareValues(lower, upper) ?? 0) > 0
          ? "upper bound to be greater than or equal to lower bound"
          : undefined;
    if (problem === undefined) return;
    throw this.#wrong(
      `The BETWEEN operator requires ${problem}; lower bound operand: AttributeValue: ${showValue(lower)}, upper bound operand: AttributeValue: ${showValue(upper)}`,
    );
  }

  /** An operand of a comparison or function: of the functions only size may stand here. */
  #operand(tree: Operand): BoundOperand {
    if (tree.kind === "path") {
      const path = bindPath(tree.path, this.#label, this.#bindings);
      this.paths.push(path);
      return { kind: "path", path };
    }
    if (tree.kind === "value") return { kind: "literal", value: this.#value(tree.name) };
    if (tree.kind === "arithmetic") throw new TypeError("Conditions have no arithmetic.");
    const of = this.#operand(tree.operands[0] as Operand);
    this.#checkType("size", of, MEASURED);
    return { kind: "size", of };
  }

  #value(name: string): AttributeValue {
    const value = this.#bindings.value(name);
    if (value === undefined)
      throw this.#wrong(`An expression attribute value used in expression is not defined; attribute value: ${name}`);
    return value;
  }

  #call({ name, operands }: Call): BoundCondition {
    const [left, right] = operands.map((each) => this.#operand(each)) as [BoundOperand, BoundOperand];
    if (NEEDS_PATH.has(name) && left.kind !== "path")
      throw this.#wrong(`Operator or function requires a document path; operator or function: ${name}`);
    if (name === "attribute_exists" || name === "attribute_not_exists") {
      const path = left.kind === "path" ? left.path : [];
      return { kind: "exists", path, expected: name === "attribute_exists" };
    }
    this.#checkDistinct(name, left, [right]);
    if (name === "begins_with") for (const operand of [left, right]) this.#checkType(name, operand, PREFIXED);
    if (name === "attribute_type") this.#checkTypeName(right);
    return { kind: name as "contains", left, right };
  }

  #checkTypeName(operand: BoundOperand): void {
    const type = staticType(operand);
    if (type !== "S") throw this.#wrongType("attribute_type", type ?? ANY_TYPE);
    const name = operand.kind === "literal" ? (operand.value.S ?? "") : "";
    if (!TYPES.has(name))
      throw this.#wrong(
        `Invalid attribute type name found; type: ${name}, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}`,
      );
  }

  #checkType(name: string, operand: BoundOperand, allowed: ReadonlySet<ValueType>): void {
    const type = staticType(operand);
    if (type !== undefined && !allowed.has(type)) throw this.#wrongType(name, type);
  }

  #wrongType(name: string, type: string): Error {
    return this.#wrong(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
  }

  #checkDistinct(operator: string, first: BoundOperand, rest: readonly BoundOperand[]): void {
    if (first.kind !== "path") return;
    if (!rest.some((each) => each.kind === "path" && samePath(first.path, each.path))) return;
    throw this.#wrong(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${showPath(first.path)}`,
    );
  }
}

/** Undefined for what is only known when an item is looked at. */
function staticType(operand: BoundOperand): ValueType | undefined {
  if (operand.kind === "size") return "N";
  return operand.kind === "literal" ? typeOf(operand.value) : undefined;
}

function showValue(value: AttributeValue): string {
  const { B: bytes } = value;
  if (bytes !== undefined) return `{B:java.nio.HeapByteBuffer[pos=0 lim=${bytes.length} cap=${bytes.length}]}`;
  const type = typeOf(value);
  return `{${type}:${value.S ?? value.N ?? JSON.stringify(value[type])}}`;
}
