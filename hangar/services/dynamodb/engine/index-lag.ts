// Global indexes that are behind their table, where a world asks for it: each item's rows come to an index after a time of their own.

import { hash } from "node:crypto";
import { LAGGING_WORK } from "../../../cloud/dynamodb-settings.ts";
import { indexKey } from "../rules/item-key.ts";
import { projectedRow } from "../rules/projected-row.ts";
import type { IndexSchema } from "../rules/table-schema.ts";
import type { DynamoContext, DynamoStore, ItemRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { scheduleAt } from "./schedule-at.ts";

type Change = { readonly key: string; readonly before: ItemRow | undefined; readonly after: ItemRow | undefined };

/** What an index has to catch up with. */
export type Lagging = {
  readonly table: string;
  readonly storage: string;
  readonly index: string;
  /** Of the item. */
  readonly key: string;
};

/** False where the index has no lag: then the change is written at once. */
export function writeLater(
  context: DynamoContext,
  { table, schema, store }: FoundTable,
  index: IndexSchema,
  { key, before, after }: Change,
): boolean {
  const { indexLag } = context.world.dynamodb;
  if (indexLag === undefined || indexLag.maximum <= 0) return false;
  const id = laggingKey(index, key);
  // Whatever it shows once it has caught up is how the item is then.
  if (store.lagging.has(id)) return true;
  const shown = before === undefined ? undefined : indexKey(index, before.item, key);
  if (shown === undefined && (after === undefined || indexKey(index, after.item, key) === undefined)) return true;
  const own = key.slice(schema.storage.length);
  const lag = lagOf([indexLag.seed ?? "", table.name, index.name, own], indexLag.maximum);
  store.lagging.put(id, shown ?? "");
  const lagging: Lagging = { table: table.name, storage: table.storage, index: index.name, key };
  scheduleAt(context, table, context.clock.now() + lag, { kind: LAGGING_WORK, ...lagging });
  return true;
}

/** The index shows the item as it is now. */
export function catchUp(store: DynamoStore, index: IndexSchema, key: string): void {
  const shown = store.lagging.delete(laggingKey(index, key));
  if (shown === undefined) return;
  const row = store.items.get(key);
  const at = row === undefined ? undefined : indexKey(index, row.item, key);
  if (shown !== "" && shown !== at) store.indexed.delete(shown);
  if (row !== undefined && at !== undefined) store.indexed.put(at, projectedRow(index, row));
}

export function dropLagging(store: DynamoStore, index: { readonly storage: string }): void {
  for (const key of Array.from(store.lagging.keys({ prefix: index.storage }))) store.lagging.delete(key);
}

/** Always the same for an item: whatever happens around it. */
function lagOf(parts: readonly string[], maximum: number): number {
  return Number.parseInt(hash("md5", parts.join("\u0000")).slice(0, 8), 16) % (maximum + 1);
}

function laggingKey({ storage }: { readonly storage: string }, key: string): string {
  return `${storage}\u0000${key}`;
}
