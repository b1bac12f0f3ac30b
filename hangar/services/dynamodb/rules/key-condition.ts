// Turns a key condition expression (or legacy KeyConditions) into the range of rows to read.

import { validation } from "../errors.ts";
import type { AttributeValue } from "./attribute-value.ts";
import type { BoundCondition, BoundOperand } from "./bound-condition.ts";
import { checkKeyLength } from "./item-key.ts";
import {
  partitionPrefix,
  severalPrefix,
  sortBytes,
  sortRange,
  type KeyRange,
  type SortCondition,
  type SortOperator,
} from "./key-bytes.ts";
import type { KeyAttribute, KeySchema, SeveralKeys } from "./table-schema.ts";

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

/** Checks conditions against the key schema that is queried: the range of its rows that meet them. */
export function readKeyConditions(conditions: KeyConditions, schema: KeySchema, storage: string): KeyRange {
  if (conditions.size === 0) throw validation("Conditions can be of length 1 or 2 only");
  const { partition, sort, attributes, several } = schema;
  if (conditions.size > attributes.length)
    throw validation(
      `The number of query conditions (${conditions.size}) exceeds the number of key attributes defined in the schema (${attributes.length})`,
    );
  if (several !== undefined) return severalRange(conditions, several, storage);
  const prefix = partitionPrefix(storage, partitionValue(conditions, partition));
  if (sort === undefined || conditions.size === 1) return sortRange(prefix, undefined);
  const second = conditions.get(sort.name);
  if (second === undefined) throw missed(sort);
  check(second, sort, false);
  return sortRange(prefix, second as SortCondition);
}

function missed({ name }: KeyAttribute): Error {
  return validation(`Query condition missed key schema element: ${name}`);
}

function partitionValue(conditions: KeyConditions, partition: KeyAttribute): AttributeValue {
  const condition = conditions.get(partition.name);
  if (condition === undefined) throw missed(partition);
  check(condition, partition, true);
  if (condition.operator !== "=") throw validation("Query key condition not supported");
  return condition.values[0] as AttributeValue;
}

/** Every partition attribute by equality, sort attributes from the left, and no more after one that is not by equality. */
function severalRange(conditions: KeyConditions, { partitions, sorts }: SeveralKeys, storage: string): KeyRange {
  let prefix = severalPrefix(
    storage,
    partitions.map((partition) => partitionValue(conditions, partition)),
  );
  const given = sorts.filter(({ name }) => conditions.has(name));
  if (conditions.size > partitions.length + given.length)
    throw missed(sorts.find(({ name }) => !conditions.has(name)) as KeyAttribute);
  checkLeftToRight(conditions, sorts);
  for (const sort of given) {
    const condition = conditions.get(sort.name) as SortCondition;
    check(condition, sort, false);
    if (sort === given.at(-1)) return sortRange(prefix, condition);
    prefix += sortBytes(condition.values[0] as AttributeValue);
  }
  return sortRange(prefix, undefined);
}

function checkLeftToRight(conditions: KeyConditions, sorts: readonly KeyAttribute[]): void {
  const last = sorts.findLastIndex(({ name }) => conditions.has(name));
  const unequal = sorts.slice(0, Math.max(last, 0)).filter(({ name }) => conditions.get(name)?.operator !== "=");
  if (unequal.length > 0)
    throw validation(
      `RANGE key attributes ${unequal.map(({ name }) => name).join(", ")} must have equality conditions specified in the query because a condition is present on key attribute ${sorts[last]?.name}`,
    );
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
