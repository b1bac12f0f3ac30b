// Reads up to 100 items of several tables. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html

import type { AwsError } from "../../../kernel/aws-error.ts";
import type { BatchGetItemInput, BatchGetItemOutput } from "../../../models/dynamodb.d.ts";
import { isEnforced, refusal } from "../engine/throughput.ts";
import { checkNames, findTable } from "../engine/find-table.ts";
import { validation } from "../errors.ts";
import { checkedItem } from "../rules/attribute-value.ts";
import type { BoundPath } from "../rules/bindings.ts";
import { readUnits, showUnits, type ShownCapacity } from "../rules/capacity.ts";
import { checkProjectionParameters, readProjection } from "../rules/item-conditions.ts";
import { checkKey, itemKey } from "../rules/item-key.ts";
import { checkScalarKeys } from "../rules/scalar-keys.ts";
import { project } from "../rules/project.ts";
import { operation, type DynamoContext, type Item } from "../store.ts";

type Request = BatchGetItemInput["RequestItems"][string];
type Read = {
  readonly given: string;
  readonly request: Request;
  readonly keys: readonly Item[];
  readonly projection: readonly BoundPath[] | undefined;
};

/** What one answer may hold, and what came of its keys: throttled ones are answered as unprocessed unless all of them are. */
type Budget = { bytes: number; got: number; refused: AwsError | undefined };

const MAX_KEYS = 100;
const MAX_BYTES = 16 * 1024 * 1024;

export const batchGetItem = operation<BatchGetItemInput, BatchGetItemOutput>((input, context) => {
  const reads = readRequests(input);
  const output: {
    Responses: Record<string, Item[]>;
    UnprocessedKeys: Record<string, Request>;
    ConsumedCapacity?: ShownCapacity[];
  } = { Responses: {}, UnprocessedKeys: {} };
  const budget: Budget = { bytes: MAX_BYTES, got: 0, refused: undefined };
  const capacities = reads.flatMap((read) => {
    const got = readTable(context, read, budget);
    output.Responses[read.given] = got.items;
    if (got.left.length > 0) output.UnprocessedKeys[read.given] = { ...read.request, Keys: got.left };
    const shown = showUnits(
      got.name,
      got.schema,
      { table: got.units, indexes: new Map() },
      { detail: input.ReturnConsumedCapacity },
    );
    return shown === undefined ? [] : [shown];
  });
  if (budget.got === 0 && budget.refused !== undefined) throw budget.refused;
  if (capacities.length > 0) output.ConsumedCapacity = capacities;
  return output;
});

function readRequests(input: BatchGetItemInput): readonly Read[] {
  checkNames(input.RequestItems, JSON.stringify);
  const requests = Object.entries(input.RequestItems);
  checkMixing(requests.map(([, request]) => request));
  const reads = requests.map(([given, request]): Read => {
    checkProjectionParameters(request);
    const projection = readProjection(request);
    return { given, request, projection, keys: request.Keys.map((key) => checkedItem(key, { bytes: 0 })) };
  });
  if (reads.reduce((count, read) => count + read.keys.length, 0) > MAX_KEYS)
    throw validation("Too many items requested for the BatchGetItem call");
  return reads;
}

/** One kind of projection for all tables. */
function checkMixing(requests: readonly Request[]): void {
  const first = <Name extends keyof Request>(name: Name): Request[Name] | undefined =>
    requests.find((request) => request[name] !== undefined)?.[name];
  checkProjectionParameters({
    ProjectionExpression: first("ProjectionExpression"),
    AttributesToGet: first("AttributesToGet"),
  });
}

function readTable(context: DynamoContext, { given, request, keys, projection }: Read, budget: Budget) {
  const found = findTable(context, given);
  const { table, schema, store } = found;
  const enforced = isEnforced(context);
  for (const key of keys) checkKey(schema, key);
  checkScalarKeys(schema, projection);
  const ids = keys.map((key) => itemKey(schema, key));
  if (new Set(ids).size < ids.length) throw validation("Provided list of item keys contains duplicates");
  const items: Item[] = [];
  const left: Item[] = [];
  let units = 0;
  for (const [index, id] of ids.entries()) {
    const row = store.items.get(id);
    if (row !== undefined && row.size > budget.bytes) {
      left.push(keys[index] as Item);
      continue;
    }
    const cost = readUnits(row?.size ?? 0, request.ConsistentRead);
    const refused = enforced ? refusal(context, found, { table: cost, indexes: new Map() }, "Read") : undefined;
    if (refused !== undefined) {
      budget.refused = refused;
      left.push(keys[index] as Item);
      continue;
    }
    budget.got += 1;
    units += cost;
    if (row === undefined) continue;
    budget.bytes -= row.size;
    items.push(projection === undefined ? row.item : project(row.item, projection));
  }
  return { name: table.name, schema, items, left, units };
}
