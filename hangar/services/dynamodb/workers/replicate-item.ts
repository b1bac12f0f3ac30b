// Does a write of another replica in this region's table.

import { applyWrite } from "../engine/apply-writes.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext } from "../store.ts";

type Arrived = { readonly table: string; readonly storage: string; readonly version: number };

export function replicateItem({ table: name, storage, version }: Arrived, context: DynamoContext): void {
  const { store } = context;
  const table = store.tables.get(name);
  // The replica may be gone, and another table in its place.
  if (table?.storage === storage) applyWrite(context, { table, schema: schemaOf(table), store }, version);
}
