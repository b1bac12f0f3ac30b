// DynamoDB's IAM condition keys: dynamodb:LeadingKeys, Attributes, Select, ReturnValues, ReturnConsumedCapacity, EnclosingOperation.

import { placeOf } from "../engine/find-table.ts";
import type { AttributeValue, DynamoContext, Item } from "../store.ts";
import { conditionTree, projectionTree, updateTree } from "./expressions.ts";
import type { Condition, Operand, WrittenPath } from "./expression-tree.ts";
import { partitionsOf, schemaOf } from "./table-schema.ts";

export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;
type Request = Readonly<Record<string, unknown>>;

export function enclosing(operation: string): ConditionKeys {
  return { "dynamodb:EnclosingOperation": operation };
}

export function textOf(value: AttributeValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value.S ?? value.N ?? (value.B === undefined ? undefined : Buffer.from(value.B).toString("base64"));
}

/** Partition key values that a request names. */
export function leadingKeys(context: DynamoContext, given: string, request: Request): ConditionKeys {
  const { name, account, region } = placeOf(context, given);
  const table = context.storeAt(account, region).tables.get(name);
  if (table === undefined) return {};
  const schema = schemaOf(table);
  const target = schema.indexes.find((index) => index.name === request["IndexName"]) ?? schema;
  const partitions = partitionsOf(target).map((attribute) => attribute.name);
  const items = [request["Key"], request["Item"], ...((request["Keys"] ?? request["Items"] ?? []) as unknown[])] as (
    | Item
    | undefined
  )[];
  const values = items.flatMap((item) => partitions.flatMap((partition) => textOf(item?.[partition]) ?? []));
  const queried = partitions.flatMap((partition) => queriedKey(request, partition) ?? []);
  const keys = [...new Set([...values, ...queried])];
  return keys.length === 0 ? {} : { "dynamodb:LeadingKeys": keys };
}

/** `partition = :value` of a key condition. */
function queriedKey(request: Request, partition: string): string | undefined {
  const text = request["KeyConditionExpression"];
  if (typeof text !== "string")
    return textOf(
      (
        request["KeyConditions"] as
          | Readonly<Record<string, { AttributeValueList?: readonly AttributeValue[] }>>
          | undefined
      )?.[partition]?.AttributeValueList?.[0],
    );
  const names = (request["ExpressionAttributeNames"] ?? {}) as Readonly<Record<string, string>>;
  const values = (request["ExpressionAttributeValues"] ?? {}) as Item;
  const tree = attempt(() => conditionTree(text, "KeyConditionExpression"));
  if (tree === undefined) return undefined;
  for (const leaf of leavesOf(tree.condition)) {
    if (leaf.kind !== "compare" || leaf.operator !== "=" || leaf.left.kind !== "path" || leaf.right.kind !== "value")
      continue;
    const [written] = leaf.left.path;
    if ((names[String(written)] ?? written) === partition) return textOf(values[leaf.right.name]);
  }
  return undefined;
}

/** What the operation itself will complain of is none of IAM's business. */
function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function leavesOf(condition: Condition): readonly Condition[] {
  if (condition.kind === "and" || condition.kind === "or")
    return [...leavesOf(condition.left), ...leavesOf(condition.right)];
  return condition.kind === "not" ? leavesOf(condition.condition) : [condition];
}

function pathsOf(operand: Operand | undefined): readonly WrittenPath[] {
  if (operand === undefined || operand.kind === "value") return [];
  if (operand.kind === "path") return [operand.path];
  return operand.kind === "call"
    ? operand.operands.flatMap(pathsOf)
    : [...pathsOf(operand.left), ...pathsOf(operand.right)];
}

function conditionPaths(text: unknown, label: string): readonly WrittenPath[] {
  if (typeof text !== "string") return [];
  const tree = attempt(() => conditionTree(text, label));
  return (tree === undefined ? [] : leavesOf(tree.condition)).flatMap((leaf) => {
    if (leaf.kind === "compare") return [leaf.left, leaf.right].flatMap(pathsOf);
    if (leaf.kind === "between") return [leaf.operand, leaf.lower, leaf.upper].flatMap(pathsOf);
    if (leaf.kind === "in") return [leaf.operand, ...leaf.list].flatMap(pathsOf);
    return leaf.kind === "call" ? leaf.operands.flatMap(pathsOf) : [];
  });
}

const READS: ReadonlySet<string> = new Set(["GetItem", "BatchGetItem", "Query", "Scan"]);

/** What a read gives back, said or not: who may see some attributes only has to ask for them by name. */
function selectOf(request: Request): string {
  if (typeof request["Select"] === "string") return request["Select"];
  if (request["ProjectionExpression"] !== undefined || request["AttributesToGet"] !== undefined)
    return "SPECIFIC_ATTRIBUTES";
  return request["IndexName"] === undefined ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
}

/** Top-level attributes that a request names, and how it wants its answer. */
export function attributesOf(request: Request, action = ""): ConditionKeys {
  const names = (request["ExpressionAttributeNames"] ?? {}) as Readonly<Record<string, string>>;
  const maps = ["Item", "Key", "Expected", "AttributeUpdates", "QueryFilter", "ScanFilter", "KeyConditions"].flatMap(
    (name) => Object.keys(request[name] ?? {}),
  );
  const lists = ((request["Keys"] ?? request["Items"] ?? []) as readonly (Item | undefined)[]).flatMap((item) =>
    Object.keys(item ?? {}),
  );
  const attributes = [
    ...maps,
    ...lists,
    ...((request["AttributesToGet"] ?? []) as string[]),
    ...expressionPaths(request).map(([head]) => names[String(head)] ?? String(head)),
  ];
  const keys: Record<string, string | readonly string[]> = {};
  if (attributes.length > 0) keys["dynamodb:Attributes"] = [...new Set(attributes)];
  for (const name of ["ReturnValues", "ReturnConsumedCapacity"])
    if (typeof request[name] === "string") keys[`dynamodb:${name}`] = request[name] as string;
  if (READS.has(action)) keys["dynamodb:Select"] = selectOf(request);
  return keys;
}

function expressionPaths(request: Request): readonly WrittenPath[] {
  const { UpdateExpression: update, ProjectionExpression: projection } = request;
  return [
    ...["ConditionExpression", "FilterExpression", "KeyConditionExpression"].flatMap((label) =>
      conditionPaths(request[label], label),
    ),
    ...(typeof update === "string"
      ? (attempt(() => updateTree(update, "UpdateExpression"))?.actions ?? []).flatMap((action) => [
          action.path,
          ...pathsOf(action.operand),
        ])
      : []),
    ...(typeof projection === "string"
      ? (attempt(() => projectionTree(projection, "ProjectionExpression")) ?? [])
      : []),
  ];
}
