// What DynamoDB says of an input that breaks its model: which constraints it names, in which order and words.

import type { Violation } from "../../../cloud/service.ts";

/** Members in the order in which AWS goes through them. */
const MEMBERS: Readonly<Record<string, string>> = {
  PutItem:
    "returnConsumedCapacity returnValues tableName item conditionalOperator expected returnItemCollectionMetrics",
  UpdateItem:
    "returnConsumedCapacity tableName returnItemCollectionMetrics returnValues conditionalOperator expected key attributeUpdates",
  DeleteItem:
    "returnConsumedCapacity tableName returnValues returnItemCollectionMetrics key conditionalOperator expected",
  GetItem: "returnConsumedCapacity attributesToGet tableName key",
  Query:
    "returnConsumedCapacity select indexName queryFilter tableName conditionalOperator attributesToGet limit keyConditions",
  Scan: "select indexName totalSegments returnConsumedCapacity tableName conditionalOperator scanFilter segment limit attributesToGet",
  BatchGetItem: "requestItems returnConsumedCapacity",
  BatchWriteItem: "returnConsumedCapacity returnItemCollectionMetrics requestItems",
  TransactGetItems: "transactItems returnConsumedCapacity",
  TransactWriteItems: "clientRequestToken transactItems returnConsumedCapacity returnItemCollectionMetrics",
  CreateTable:
    "attributeDefinitions tableName billingMode provisionedThroughput keySchema globalSecondaryIndexes localSecondaryIndexes",
  UpdateTable: "tableName provisionedThroughput billingMode globalSecondaryIndexUpdates",
  ListTables: "limit exclusiveStartTableName",
};

/** Values of enums in the order of AWS's sets, where that is not the model's. */
const VALUES: Readonly<Record<string, string>> = {
  ReturnValues: "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW",
  ConditionalOperator: "OR, AND",
  Select: "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES",
  ComparisonOperator: "IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS",
  AttributeType: "B, N, S",
  KeyType: "HASH, RANGE",
  ProjectionType: "ALL, INCLUDE, KEYS_ONLY",
};

/** Operations whose requests are checked by the newer layer. */
const NEWER: ReadonlySet<string> = new Set(["PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "BatchGetItem"]);
/** Operations that look for the table's name before all else. */
const CONTROL: ReadonlySet<string> = new Set(["CreateTable", "UpdateTable", "DeleteTable", "DescribeTable"]);
const NEWER_RETURN_VALUES =
  "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";
const MOST = 10;

/** The whole message; undefined leaves the request to its operation, which looks at the same things in words of its own. */
export function constraintsMessage(violations: readonly Violation[], operation: string): string | undefined {
  const found = ordered(violations, operation);
  if (operation === "BatchWriteItem") return batchWrite(found);
  if (CONTROL.has(operation) && found.some(({ path, kind }) => path === "tableName" && kind === "required"))
    return "The parameter 'TableName' is required but was not present in the request";
  if (!NEWER.has(operation) || found.some(({ kind }) => kind === "required")) return joined(found.map(older));
  if (found.some(({ member }) => member === "ConditionalOperator")) return undefined;
  const alone =
    found.find(({ path, kind }) => path === "tableName" && kind === "length") ??
    (operation === "UpdateItem" ? found.find(({ member }) => member === "ReturnValues") : undefined);
  return joined((alone === undefined ? found : [alone]).map((each) => newer(each)));
}

/** What is wrong with the requests themselves is said by the operation, and only when nothing else is. */
function batchWrite(found: readonly Violation[]): string | undefined {
  const others = found.filter(({ path, kind }) => kind === "required" || !path.startsWith("requestItems"));
  return others.length === 0 ? undefined : joined(others.map(older));
}

function ordered(violations: readonly Violation[], operation: string): readonly Violation[] {
  const members = MEMBERS[operation]?.split(" ") ?? [];
  const rank = ({ path }: Violation): number => {
    const at = members.indexOf(path.split(".")[0] ?? "");
    return at === -1 ? members.length : at;
  };
  // Of a pair of units the one for writes comes first.
  const second = ({ member }: Violation): number => (member === "ReadCapacityUnits" ? 1 : 0);
  return violations
    .toSorted((left, right) => rank(left) - rank(right) || sameParent(left, right) * (second(left) - second(right)))
    .slice(0, MOST);
}

function sameParent(left: Violation, right: Violation): number {
  const parent = ({ path }: Violation): string => path.slice(0, path.lastIndexOf("."));
  return parent(left) === parent(right) ? 1 : 0;
}

function joined(messages: readonly string[]): string {
  return `${messages.length} validation error${messages.length === 1 ? "" : "s"} detected: ${messages.join("; ")}`;
}

function older({ kind, member, message }: Violation): string {
  const values = VALUES[member];
  if (kind !== "enum" || values === undefined) return message;
  return `${message.slice(0, message.lastIndexOf("["))}[${values}]`;
}

/** The newer layer names members as the request does, and does not repeat lengths' and limits' values. */
function newer(violation: Violation): string {
  const { kind, member, path } = violation;
  if (member === "ReturnValues") return NEWER_RETURN_VALUES;
  if (kind !== "length" && kind !== "range") return older(violation);
  const named = path
    .split(".")
    .map((part, index, parts) => (index === 0 || index === parts.length - 1 ? capital(part) : part))
    .join(".");
  return violation.message.replace(/^Value .* at '.*' failed/s, () => `Value at '${named}' failed`);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
