// Turns a key condition expression (or legacy KeyConditions) into the partition and the range of sort keys to read.

import { validation } from "../errors.ts";
import type { AttributeValue } from "./attribute-value.ts";
import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import { checkKeyLength } from "./item-key.ts";
import type { SortCondition, SortOperator } from "./key-bytes.ts";

/** Conditions by attribute name; operators that no key condition may use keep their legacy names. */
export type KeyConditions = ReadonlyMap<
  string,
  { readonly operator: string; readonly values: readonly AttributeValue[] }
>;

const FLIPPED: Readonly<Record<string, SortOperator>> = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const INDEXABLE: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"]);

export function keyConditionsOf(condition: BoundCondition): KeyConditions {
  const conditions = new Map<string, { operator: string; values: readonly AttributeValue[] }>();
  collect(condition, conditions);
  return conditions;
}

function collect(
  condition: BoundCondition,
  into: Map<string, { operator: string; values: readonly AttributeValue[] }>,
): void {
  if (condition.kind === "and") {
    collect(condition.left, into);
    collect(condition.right, into);
    return;
  }
  const { operator, operands } = partsOf(condition);
  const paths = operands.filter((operand) => operand.kind === "path");
  if (paths.length > 1)
    throw validation("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
  const [path] = paths;
  if (path === undefined) throw validation("Invalid condition in KeyConditionExpression: No key attribute specified");
  if (path.path.length > 1) throw validation("KeyConditionExpressions cannot have conditions on nested attributes");
  const name = path.path[0] as string;
  if (into.has(name))
    throw validation("Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");
  const values = operands.flatMap((operand) => (operand.kind === "literal" ? [operand.value] : []));
  into.set(name, { operator: operands[0] === path ? operator : (FLIPPED[operator] ?? operator), values });
}

function refuse(operator: string): Error {
  return validation(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function partsOf(condition: BoundCondition): { operator: string; operands: readonly BoundOperand[] } {
  switch (condition.kind) {
    case "and":
    case "or":
      throw refuse("OR");
    case "not":
      throw refuse("NOT");
    case "in":
      throw refuse("IN");
    case "exists":
      throw refuse(condition.expected ? "attribute_exists" : "attribute_not_exists");
    case "attribute_type":
    case "contains":
      throw refuse(condition.kind);
    case "compare":
      if (condition.operator === "<>") throw refuse("<>");
      return { operator: condition.operator, operands: flat([condition.left, condition.right]) };
    case "between":
      checkFirst("BETWEEN", condition.operand);
      return { operator: "BETWEEN", operands: flat([condition.operand, condition.lower, condition.upper]) };
    case "begins_with":
      checkFirst("begins_with", condition.left);
      return { operator: "begins_with", operands: flat([condition.left, condition.right]) };
  }
}

function checkFirst(operator: string, operand: BoundOperand): void {
  if (operand.kind !== "path")
    throw validation(
      `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
    );
}

function flat(operands: readonly BoundOperand[]): readonly BoundOperand[] {
  if (operands.some((operand) => operand.kind === "size"))
    throw validation("KeyConditionExpressions cannot contain nested operations");
  return operands;
}

type KeyAttribute = { readonly name: string; readonly type: "S" | "N" | "B" };

/** Checks conditions against the key schema that is queried. */
export function readKeyConditions(
  conditions: KeyConditions,
  partition: KeyAttribute,
  sort: KeyAttribute | undefined,
): { readonly partition: AttributeValue; readonly sort: SortCondition | undefined } {
  if (conditions.size === 0) throw validation("Conditions can be of length 1 or 2 only");
  const attributes = sort === undefined ? 1 : 2;
  if (conditions.size > attributes)
    throw validation(
      `The number of query conditions (${conditions.size}) exceeds the number of key attributes defined in the schema (${attributes})`,
    );
  const first = conditions.get(partition.name);
  if (first === undefined) throw validation(`Query condition missed key schema element: ${partition.name}`);
  check(first, partition, true);
  if (first.operator !== "=") throw validation("Query key condition not supported");
  const value = first.values[0] as AttributeValue;
  if (sort === undefined || conditions.size === 1) return { partition: value, sort: undefined };
  const second = conditions.get(sort.name);
  if (second === undefined) throw validation(`Query condition missed key schema element: ${sort.name}`);
  check(second, sort, false);
  return { partition: value, sort: second as SortCondition };
}

function check(
  { operator, values }: { operator: string; values: readonly AttributeValue[] },
  { name, type }: KeyAttribute,
  isPartition: boolean,
): void {
  if (!INDEXABLE.has(operator)) throw validation("Attempted conditional constraint is not an indexable operation");
  for (const value of values) {
    if (value[type] === undefined)
      throw validation(
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
      );
    if (value.S === "" || value.B?.length === 0) {
      throw validation(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === "S" ? "string" : "binary"} value. Key: ${name}`,
      );
    }
    checkKeyLength(value, isPartition);
  }
}
