// Which parts of a WHERE clause are about the key of a table or index.

import type { AttributeValue } from "../attribute-value.ts";
import type { BoundCondition, BoundOperand } from "../bound-condition.ts";
import type { Comparator } from "../expression-tree.ts";
import type { SortOperator } from "../key-bytes.ts";
import type { KeySchema } from "../table-schema.ts";

/** A key attribute tested against values. */
export type KeyTest = {
  readonly name: string;
  readonly operator: SortOperator;
  readonly values: readonly AttributeValue[];
};

const FLIPPED: Readonly<Record<Comparator, Comparator>> = {
  "=": "=",
  "<>": "<>",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** Conditions that all have to hold. */
export function conjuncts(condition: BoundCondition | undefined): readonly BoundCondition[] {
  const found: BoundCondition[] = [];
  const open = condition === undefined ? [] : [condition];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "and") open.push(next.right, next.left);
    else found.push(next);
  }
  return found;
}

export function allOf(conditions: readonly BoundCondition[]): BoundCondition | undefined {
  let all: BoundCondition | undefined;
  for (const condition of conditions)
    all = all === undefined ? condition : { kind: "and", left: all, right: condition };
  return all;
}

/** The top-level attribute an operand names. */
function nameOf(operand: BoundOperand): string | undefined {
  return operand.kind === "path" && operand.path.length === 1 ? (operand.path[0] as string) : undefined;
}

function literals(operands: readonly BoundOperand[]): readonly AttributeValue[] | undefined {
  const values: AttributeValue[] = [];
  for (const operand of operands) {
    if (operand.kind !== "literal") return undefined;
    values.push(operand.value);
  }
  return values;
}

/** What a condition tests of a key; undefined for what is no condition on a key. IN gives several tests by equality. */
export function keyTests(condition: BoundCondition, schema: KeySchema): readonly KeyTest[] | undefined {
  if (condition.kind === "in") {
    const values = literals(condition.list);
    const name = nameOf(condition.operand);
    if (name === undefined || values === undefined || !isKey(schema, name)) return undefined;
    return values.map((value) => ({ name, operator: "=", values: [value] }));
  }
  const test = oneTest(condition);
  if (test === undefined || !isKey(schema, test.name)) return undefined;
  return test.name === schema.partition.name && test.operator !== "=" ? undefined : [test];
}

function isKey({ partition, sort }: KeySchema, name: string): boolean {
  return name === partition.name || name === sort?.name;
}

function oneTest(condition: BoundCondition): KeyTest | undefined {
  if (condition.kind === "compare") return comparisonTest(condition);
  if (condition.kind === "between")
    return named(nameOf(condition.operand), "BETWEEN", [condition.lower, condition.upper]);
  return condition.kind === "begins_with" ? named(nameOf(condition.left), "begins_with", [condition.right]) : undefined;
}

function comparisonTest({ left, right, operator }: Extract<BoundCondition, { kind: "compare" }>): KeyTest | undefined {
  if (operator === "<>") return undefined;
  const name = nameOf(left);
  if (name !== undefined) return named(name, operator, [right]);
  return named(nameOf(right), FLIPPED[operator] as SortOperator, [left]);
}

function named(
  name: string | undefined,
  operator: SortOperator,
  operands: readonly BoundOperand[],
): KeyTest | undefined {
  const values = literals(operands);
  return name === undefined || values === undefined ? undefined : { name, operator, values };
}

/** Whether a condition is about the sort key in a way that no range of it can follow: NOT, <>. */
export function looselyTests(condition: BoundCondition, sort: string): boolean {
  if (condition.kind === "not") return mentions(condition.condition, sort);
  return condition.kind === "compare" && condition.operator === "<>" && mentions(condition, sort);
}

function mentions(condition: BoundCondition, name: string): boolean {
  return rootNames(condition).includes(name);
}

/** Names of the top-level attributes a condition looks at. */
export function rootNames(condition: BoundCondition): readonly string[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return [...rootNames(condition.left), ...rootNames(condition.right)];
    case "not":
      return rootNames(condition.condition);
    case "exists":
      return [condition.path[0] as string];
    case "between":
      return [condition.operand, condition.lower, condition.upper].flatMap(operandNames);
    case "in":
      return [condition.operand, ...condition.list].flatMap(operandNames);
    default:
      return [condition.left, condition.right].flatMap(operandNames);
  }
}

function operandNames(operand: BoundOperand): readonly string[] {
  if (operand.kind === "path") return [operand.path[0] as string];
  if (operand.kind === "size") return operandNames(operand.of);
  return operand.kind === "truth" ? rootNames(operand.of) : [];
}
