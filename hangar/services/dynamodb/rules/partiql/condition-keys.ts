// DynamoDB's IAM condition keys of a PartiQL statement. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html

import { placeOf } from "../../engine/find-table.ts";
import type { DynamoContext } from "../../store.ts";
import type { AttributeValue, Item } from "../attribute-value.ts";
import type { UpdateOperand } from "../bind-update.ts";
import { enclosing, textOf, type ConditionKeys } from "../condition-keys.ts";
import { schemaOf, type TableSchema } from "../table-schema.ts";
import { rootNames } from "./key-tests.ts";
import { readPlan } from "./read-plan.ts";
import type { Select, Statement } from "./statement.ts";
import { writeKey } from "./write-key.ts";

export function statementConditions(context: DynamoContext, statement: Statement, operation: string): ConditionKeys {
  const keys: Record<string, string | readonly string[]> = {
    ...(operation === "ExecuteTransaction" && enclosing(operation)),
  };
  const names = new Set(attributesOf(statement));
  if (names.size > 0) keys["dynamodb:Attributes"] = [...names];
  if (statement.kind === "select") keys["dynamodb:Select"] = selected(statement);
  if ("returning" in statement && statement.returning !== undefined)
    keys["dynamodb:ReturnValues"] = statement.returning;
  const leading = partitionsOf(context, statement);
  if (statement.kind === "select" && leading !== undefined) keys["dynamodb:FullTableScan"] = String(leading === "all");
  if (leading !== undefined && leading !== "all") {
    const values = new Set(leading.flatMap((value) => textOf(value) ?? []));
    if (values.size > 0) keys["dynamodb:LeadingKeys"] = [...values];
  }
  return keys;
}

function selected({ projection, index }: Select): string {
  if (projection !== undefined) return "SPECIFIC_ATTRIBUTES";
  return index === undefined ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
}

function attributesOf(statement: Statement): readonly string[] {
  if (statement.kind === "insert") return Object.keys(statement.item);
  if (statement.kind === "exists") return attributesOf(statement.select);
  const where = statement.where === undefined ? [] : rootNames(statement.where);
  if (statement.kind === "delete") return where;
  if (statement.kind === "select")
    return [
      ...(statement.projection ?? []).map(([root]) => String(root)),
      ...where,
      ...(statement.order ?? []).map(({ name }) => name),
    ];
  const changed = statement.actions.flatMap((action) => [
    String(action.path[0]),
    ...(action.kind === "SET" ? operandNames(action.operand) : []),
  ]);
  return [...changed, ...where];
}

function operandNames(operand: UpdateOperand): readonly string[] {
  if (operand.kind === "literal") return [];
  if (operand.kind === "path") return [String(operand.path[0])];
  if (operand.kind === "if_not_exists") return [String(operand.path[0]), ...operandNames(operand.otherwise)];
  return [...operandNames(operand.left), ...operandNames(operand.right)];
}

/** Partition key values of a statement; undefined where the operation will refuse it. */
function partitionsOf(context: DynamoContext, statement: Statement): readonly AttributeValue[] | "all" | undefined {
  const schema = schemaAt(context, statement.kind === "exists" ? statement.select.table : statement.table);
  if (schema === undefined) return undefined;
  if (statement.kind === "select") return readPartitions(schema, statement);
  const where = statement.kind === "exists" ? statement.select.where : undefined;
  const item: Item =
    statement.kind === "insert"
      ? statement.item
      : writeKey(schema, statement.kind === "exists" ? where : statement.where).key;
  const value = Object.hasOwn(item, schema.partition.name) ? item[schema.partition.name] : undefined;
  return value === undefined ? [] : [value];
}

function schemaAt(context: DynamoContext, given: string): TableSchema | undefined {
  const { name, account, region } = placeOf(context, given);
  const table = context.storeAt(account, region).tables.get(name);
  return table === undefined ? undefined : schemaOf(table);
}

function readPartitions(schema: TableSchema, { index, where }: Select): readonly AttributeValue[] | "all" | undefined {
  const target = index === undefined ? schema : schema.indexes.find(({ name }) => name === index);
  if (target === undefined) return undefined;
  try {
    return readPlan(target, where).reads?.map(({ partition }) => partition) ?? "all";
  } catch {
    return undefined;
  }
}
