// Puts and deletes up to 25 items of several tables, each on its own. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html

import type { AwsError } from "../../../kernel/aws-error.ts";
import type { BatchWriteItemInput, BatchWriteItemOutput } from "../../../models/dynamodb.d.ts";
import { checkNames, findTable, type FoundTable } from "../engine/find-table.ts";
import { collectionMetrics } from "../engine/item-collections.ts";
import { readItem } from "../engine/item-writes.ts";
import { isEnforced, refusal } from "../engine/throughput.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { writeItem, type ItemChange } from "../engine/write-item.ts";
import { constraint, inOlderWords, validation } from "../errors.ts";
import { checkedItem, type Item } from "../rules/attribute-value.ts";
import { addUnits, noUnits, showUnits, writeUnits } from "../rules/capacity.ts";
import { writesText } from "../rules/java-text.ts";
import { checkItemKeys, checkKey, itemKey } from "../rules/item-key.ts";
import { operation, type DynamoContext, type ItemRow } from "../store.ts";

/** A put has a row, a delete a key. */
type Write = { readonly row?: ItemRow; readonly key: Item; readonly request: Request };
type Request = BatchWriteItemInput["RequestItems"][string][number];
type Prepared = {
  readonly given: string;
  readonly found: FoundTable;
  readonly writes: readonly { readonly at: string; readonly write: Write }[];
};

const MAX_WRITES = 25;

export const batchWriteItem = operation<BatchWriteItemInput, BatchWriteItemOutput>((input, context) => {
  const read = readRequests(input);
  // Nothing is written before everything has been checked.
  const prepared = read.map(([given, writes]) => prepare(context, given, writes));
  const done = prepared.map((table) => run(context, table, input));
  const refused = done.find((table) => table.refused !== undefined)?.refused;
  if (refused !== undefined && done.every(({ wrote }) => wrote === 0)) throw refused;
  const metrics = Object.fromEntries(
    done.flatMap(({ name, metrics: each }) => (each.length === 0 ? [] : [[name, each]])),
  );
  return {
    UnprocessedItems: Object.fromEntries(done.flatMap(({ given, left }) => (left.length === 0 ? [] : [[given, left]]))),
    ...(input.ReturnItemCollectionMetrics === "SIZE" && { ItemCollectionMetrics: metrics }),
    ...(input.ReturnConsumedCapacity !== undefined &&
      input.ReturnConsumedCapacity !== "NONE" && { ConsumedCapacity: done.flatMap(({ capacity }) => capacity ?? []) }),
  };
});

function readRequests({ RequestItems: requests }: BatchWriteItemInput) {
  const entries = Object.entries(requests);
  if (entries.length === 0) throw validation("The requestItems parameter is required for BatchWriteItem");
  checkNames(requests, writesText);
  if (entries.some(([, writes]) => writes.length === 0 || writes.length > MAX_WRITES))
    throw constraint(
      writesText(requests),
      "requestItems",
      `Map value must satisfy constraint: [Member must have length less than or equal to ${MAX_WRITES}, Member must have length greater than or equal to 1]`,
    );
  try {
    const read = entries.map(([given, writes]) => [given, writes.map(readWrite)] as const);
    if (read.reduce((count, [, writes]) => count + writes.length, 0) > MAX_WRITES)
      throw validation("Too many items requested for the BatchWriteItem call");
    return read;
  } catch (error) {
    throw inOlderWords(error);
  }
}

function readWrite(request: Request): Write {
  const { PutRequest: put, DeleteRequest: remove } = request;
  if ((put === undefined) === (remove === undefined)) {
    throw validation(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  if (put !== undefined) {
    const row = readItem(put.Item);
    return { row, key: row.item, request };
  }
  return { key: checkedItem(remove?.Key ?? {}, { bytes: 0 }), request };
}

function prepare(context: DynamoContext, given: string, writes: readonly Write[]): Prepared {
  const found = findTable(context, given);
  const placed = writes.map((write) => {
    if (write.row === undefined) checkKey(found.schema, write.key);
    else checkItemKeys(found.schema, write.key, true);
    return { at: itemKey(found.schema, write.key), write };
  });
  if (new Set(placed.map((each) => each.at)).size < placed.length)
    throw validation("Provided list of item keys contains duplicates");
  return { given, found, writes: placed };
}

function run(context: DynamoContext, { given, found, writes }: Prepared, input: BatchWriteItemInput) {
  const units = noUnits();
  const counted = input.ReturnConsumedCapacity !== undefined;
  const enforced = isEnforced(context);
  const left: Request[] = [];
  let refused: AwsError | undefined;
  const metrics = writes.flatMap(({ at, write }) => {
    const change: ItemChange = { key: at, before: found.store.items.get(at), after: write.row };
    const error = enforced
      ? refusal(context, found, writeUnits(found.schema, change, projectedRow), "Write")
      : undefined;
    if (error !== undefined) {
      refused = error;
      left.push(write.request);
      return [];
    }
    if (counted) addUnits(units, writeUnits(found.schema, change, projectedRow));
    writeItem(context, found, change);
    return collectionMetrics(found, write.key, input.ReturnItemCollectionMetrics) ?? [];
  });
  return {
    given,
    left,
    refused,
    wrote: writes.length - left.length,
    name: found.table.name,
    metrics,
    capacity: showUnits(found.table.name, found.schema, units, { detail: input.ReturnConsumedCapacity }),
  };
}
