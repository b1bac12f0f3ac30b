// Writes of other replicas, done in this one: the last writer wins.

import type { ArrivingRow, DynamoContext } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { arrivingKey, forgetVersions } from "./replicas.ts";
import { writeItem } from "./write-item.ts";

export function applyWrite(context: DynamoContext, found: FoundTable, version: number): void {
  const { store, table } = found;
  const arriving = store.arriving.delete(arrivingKey(table.storage, version));
  if (arriving === undefined) return;
  apply(context, found, version, arriving);
  forgetVersions(context, found);
}

/** All that is on its way to a table, as if it had arrived: before the table is copied. */
export function applyAll(context: DynamoContext, found: FoundTable): void {
  const prefix = found.table.storage;
  const versions = Array.from(found.store.arriving.keys({ prefix }), (key) => Number(key.slice(prefix.length + 1)));
  for (const version of versions) applyWrite(context, found, version);
}

function apply(context: DynamoContext, found: FoundTable, version: number, { key, row }: ArrivingRow): void {
  const { items, versions } = found.store;
  if ((versions.get(key) ?? 0) > version) return;
  versions.put(key, version);
  writeItem(context, found, { key, before: items.get(key), after: row, replicated: true });
}
