// Removes a table or an index whose deletion has taken its time.

import { keepDeleted } from "../engine/backups.ts";
import type { Deletion } from "../engine/table-states.ts";
import { dropIndexRows, dropTable } from "../engine/table-rows.ts";
import { usedAttributes } from "../rules/table-schema.ts";
import type { DynamoContext } from "../store.ts";

export function finishDeletion({ table: name, storage, index: gone }: Deletion, context: DynamoContext): void {
  const { store } = context;
  const table = store.tables.get(name);
  if (table === undefined || table.storage !== storage) return;
  if (gone === undefined) {
    if (table.state?.reason !== "delete") return;
    keepDeleted(context, store, table);
    dropTable(context, store, table);
    return;
  }
  const index = table.indexes.find((each) => each.name === gone && each.state?.name === "DELETING");
  if (index === undefined) return;
  const left = { ...table, indexes: table.indexes.filter((each) => each !== index) };
  store.tables.put(name, { ...left, attributes: usedAttributes(left) });
  dropIndexRows(store, index);
}
