// Deletes items whose time to live is over, as DynamoDB itself.

import { clearExpiries, dueExpiries, expiryOf, setTimer } from "../engine/expiries.ts";
import { writeItem } from "../engine/write-item.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext } from "../store.ts";

export function expireItems(data: { readonly table: string; readonly storage: string }, context: DynamoContext): void {
  const { store } = context;
  store.timers.delete(data.storage);
  const table = store.tables.get(data.table);
  if (table === undefined || table.storage !== data.storage) return;
  const place = { table, store };
  if (table.ttl?.enabled !== true) return clearExpiries(context, place);
  const now = context.clock.now();
  const { keys, next } = dueExpiries(table, store, now);
  for (const key of keys) {
    const before = store.items.get(key);
    const expiry = before === undefined ? undefined : expiryOf(table, before.item);
    if (expiry === undefined || expiry * 1000 > now) continue;
    writeItem(context, { table, schema: schemaOf(table), store }, { key, before, after: undefined, byTtl: true });
  }
  if (next !== undefined) setTimer(context, place, next);
}
