// Brings an item's rows to an index that lags behind its table.

import { catchUp, type Lagging } from "../engine/index-lag.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext } from "../store.ts";

export function catchUpIndex({ table: name, storage, index: of, key }: Lagging, { store }: DynamoContext): void {
  const table = store.tables.get(name);
  if (table === undefined || table.storage !== storage) return;
  const index = schemaOf(table).indexes.find((each) => each.name === of);
  if (index !== undefined) catchUp(store, index, key);
}
