// Reads up to 100 items as of one moment. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html

import type { TransactGetItemsInput, TransactGetItemsOutput } from "../../../models/dynamodb.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { checkTransactable, findTable, type FoundTable } from "../engine/find-table.ts";
import { Draw, isEnforced } from "../engine/throughput.ts";
import { inOlderWords, throttledReason, transactionCanceled, validation } from "../errors.ts";
import { checkedItem, type Item } from "../rules/attribute-value.ts";
import type { BoundPath } from "../rules/bindings.ts";
import { readUnits, showUnits } from "../rules/capacity.ts";
import { checkProjectionParameters, readProjection } from "../rules/item-conditions.ts";
import { checkKey, itemKey } from "../rules/item-key.ts";
import { checkScalarKeys } from "../rules/scalar-keys.ts";
import { project } from "../rules/project.ts";
import { operation, type DynamoContext } from "../store.ts";

type Read = { readonly found: FoundTable; readonly key: Item; readonly projection: readonly BoundPath[] | undefined };

const MAX_BYTES = 4 * 1024 * 1024;

export const transactGetItems = operation<TransactGetItemsInput, TransactGetItemsOutput>((input, context) => {
  // Every request is read before a table is looked for.
  const reads = readGets(input).map(({ table, ...read }): Read => ({ found: findTable(context, table), ...read }));
  for (const { found } of reads) checkTransactable(found.table);
  checkKeys(reads);
  if (isEnforced(context)) admit(context, reads);
  const units = new Map<string, { found: FoundTable; count: number }>();
  let bytes = 0;
  const Responses = reads.map(({ found, key, projection }) => {
    const row = found.store.items.get(itemKey(found.schema, key));
    bytes += row?.size ?? 0;
    const entry = units.get(found.table.name) ?? { found, count: 0 };
    units.set(found.table.name, { found, count: entry.count + 2 * readUnits(row?.size ?? 0, true) });
    if (row === undefined) return {};
    return { Item: projection === undefined ? row.item : project(row.item, projection) };
  });
  if (bytes > MAX_BYTES)
    throw validation("The total size of all items in the transaction request exceeds the 4 MB limit");
  const capacities = [...units.values()].flatMap(
    ({ found, count }) =>
      showUnits(
        found.table.name,
        found.schema,
        { table: count, indexes: new Map() },
        { detail: input.ReturnConsumedCapacity, transaction: "ReadCapacityUnits" },
      ) ?? [],
  );
  return { Responses, ...(capacities.length > 0 && { ConsumedCapacity: capacities }) };
});

function unitsOf({ found, key }: Read): number {
  return 2 * readUnits(found.store.items.get(itemKey(found.schema, key))?.size ?? 0, true);
}

/** Units of all reads, or of none. */
function admit(context: DynamoContext, reads: readonly Read[]): void {
  const draw = new Draw(context);
  const errors = reads.map((read) => draw.take(read.found, { table: unitsOf(read), indexes: new Map() }, "Read"));
  if (errors.some((error) => error !== undefined))
    throw transactionCanceled(errors.map((error) => (error === undefined ? { Code: "None" } : throttledReason(error))));
  draw.commit();
}

function readGets({ TransactItems: gets }: TransactGetItemsInput) {
  try {
    return gets.map(({ Get: get }) => {
      checkProjectionParameters(get);
      return { table: get.TableName, projection: readProjection(get), key: checkedItem(get.Key, { bytes: 0 }) };
    });
  } catch (error) {
    throw inOlderWords(error);
  }
}

/** Keys of the wrong shape cancel the transaction, each in its place. */
function checkKeys(reads: readonly Read[]): void {
  const reasons = reads.map(({ found, key, projection }) => {
    try {
      checkKey(found.schema, key);
      checkScalarKeys(found.schema, projection);
      return { Code: "None" };
    } catch (error) {
      if (!(error instanceof AwsError) || error.message.startsWith("One or more parameter values are not valid."))
        throw error;
      return { Code: "ValidationError", Message: error.message };
    }
  });
  if (reasons.some((reason) => reason.Code !== "None")) throw transactionCanceled(reasons);
  const places = reads.map(({ found, key }) => itemKey(found.schema, key));
  if (new Set(places).size < places.length)
    throw validation("Transaction request cannot include multiple operations on one item");
}
