// Finds the key of a PartiQL WHERE clause: the item it names, or the partition and range it reads.

import { validation } from "../errors.ts";
import type { AttributeValue, Item } from "./attribute-value.ts";
import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import type { SortCondition, SortOperator } from "./key-bytes.ts";
import type { KeyAttribute, KeySchema } from "./table-schema.ts";

type Test = { readonly operator: SortOperator; readonly values: readonly AttributeValue[] };

/** Conditions that all have to hold. */
function conjuncts(condition: BoundCondition): readonly BoundCondition[] {
  return condition.kind === "and" ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

function isName(operand: BoundOperand, name: string): boolean {
  return operand.kind === "path" && operand.path.length === 1 && operand.path[0] === name;
}

function testOf(condition: BoundCondition, { name, type }: KeyAttribute): Test | undefined {
  const literals = (operands: readonly BoundOperand[]): readonly AttributeValue[] | undefined => {
    const values = operands.flatMap((operand) =>
      operand.kind === "literal" && operand.value[type] !== undefined ? [operand.value] : [],
    );
    return values.length === operands.length ? values : undefined;
  };
  const test = (operator: SortOperator, operands: readonly BoundOperand[]): Test | undefined => {
    const values = literals(operands);
    return values === undefined ? undefined : { operator, values };
  };
  if (condition.kind === "compare" && condition.operator !== "<>") {
    return isName(condition.left, name) ? test(condition.operator, [condition.right]) : undefined;
  }
  if (condition.kind === "between" && isName(condition.operand, name))
    return test("BETWEEN", [condition.lower, condition.upper]);
  if (condition.kind === "begins_with" && isName(condition.left, name)) return test("begins_with", [condition.right]);
  return undefined;
}

/** The item a write names: every key attribute by equality. */
export function keyOfWhere(schema: KeySchema, where: BoundCondition): Item {
  const parts = conjuncts(where);
  const key: Record<string, AttributeValue> = {};
  for (const attribute of schema.attributes) {
    const found = parts.map((part) => testOf(part, attribute)).find((test) => test?.operator === "=");
    if (found === undefined)
      throw validation("Where clause does not contain a mandatory equality on all key attributes");
    key[attribute.name] = found.values[0] as AttributeValue;
  }
  return key;
}

export type Reach = { readonly partitions: readonly AttributeValue[]; readonly sort: SortCondition | undefined };

/** The partitions a SELECT reads; undefined when it has to read the whole table. */
export function reachOf(schema: KeySchema, where: BoundCondition | undefined): Reach | undefined {
  const parts = where === undefined ? [] : conjuncts(where);
  const { sort } = schema;
  const partitions = parts.flatMap((part) => partitionsOf(part, schema.partition));
  if (partitions.length === 0) return undefined;
  const tests = sort === undefined ? [] : parts.flatMap((part) => testOf(part, sort) ?? []);
  return { partitions, sort: tests[0] };
}

function partitionsOf(part: BoundCondition, partition: KeyAttribute): readonly AttributeValue[] {
  const test = testOf(part, partition);
  if (test?.operator === "=") return test.values;
  if (part.kind !== "in" || !isName(part.operand, partition.name)) return [];
  return part.list.flatMap((operand) =>
    operand.kind === "literal" && operand.value[partition.type] !== undefined ? [operand.value] : [],
  );
}
