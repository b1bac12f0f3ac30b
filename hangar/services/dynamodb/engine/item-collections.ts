// Sizes of item collections, kept as items change, for tables with local indexes only.

import { collectionTooLarge } from "../errors.ts";
import { collectionOf, estimate, fits, growth } from "../rules/item-collection.ts";
import { itemKey } from "../rules/item-key.ts";
import type { TableSchema } from "../rules/table-schema.ts";
import type { DynamoStore, Item } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { type ItemChange } from "./write-item.ts";

type Place = Pick<FoundTable, "schema" | "store">;

/** Called before the change is written. Other replicas' writes are taken as they come. */
export function growCollection({ schema, store }: Place, change: ItemChange): void {
  const grows = growth(schema, change.key, change, projectedRow);
  const collection = collectionOf(change.key, schema);
  const bytes = collectionBytes(store, schema, collection);
  if (change.replicated === undefined && !fits(bytes, grows)) throw collectionTooLarge();
  if (bytes + grows === 0) store.collections.delete(collection);
  else store.collections.put(collection, bytes + grows);
}

/** Which of several changes, done in order, make their collections too large. */
export function tooLarge(
  changes: readonly (Place & { readonly change: ItemChange | undefined })[],
): readonly boolean[] {
  const sizes = new Map<DynamoStore, Map<string, number>>();
  return changes.map(({ schema, store, change }) => {
    if (change === undefined || schema.local.length === 0) return false;
    const own = sizes.get(store) ?? new Map<string, number>();
    sizes.set(store, own);
    const collection = collectionOf(change.key, schema);
    const bytes = own.get(collection) ?? collectionBytes(store, schema, collection);
    const grows = growth(schema, change.key, change, projectedRow);
    own.set(collection, bytes + grows);
    return !fits(bytes, grows);
  });
}

/** Counted once where nobody has counted yet: in tables that were copied whole. */
function collectionBytes(store: DynamoStore, schema: TableSchema, collection: string): number {
  const known = store.collections.get(collection);
  if (known !== undefined) return known;
  let bytes = 0;
  for (const row of store.items.rows({ prefix: collection })) bytes += row.size;
  const partition = collection.slice(schema.storage.length);
  for (const index of schema.local)
    for (const row of store.indexed.rows({ prefix: index.storage + partition })) bytes += row.size;
  return bytes;
}

/** With local indexes only, and when asked for. */
export function collectionMetrics(
  { schema, store }: Place,
  item: Item,
  asked: string | undefined,
): { ItemCollectionKey: Item; SizeEstimateRangeGB: number[] } | undefined {
  if (asked !== "SIZE" || schema.local.length === 0) return undefined;
  const { name } = schema.partition;
  const bytes = collectionBytes(store, schema, collectionOf(itemKey(schema, item), schema));
  return { ItemCollectionKey: { [name]: item[name] ?? {} }, SizeEstimateRangeGB: estimate(bytes) };
}

export function dropCollections(store: DynamoStore, storage: string): void {
  for (const key of Array.from(store.collections.keys({ prefix: storage }))) store.collections.delete(key);
}
