// Takes a replica out of its global table and deletes it; the last one left is a table like any other.

import type { DynamoContext, TableRow } from "../store.ts";
import { handOverExpiries } from "./expiries.ts";
import type { FoundTable } from "./find-table.ts";
import { forgetArriving, forgetVersions, replicasOf } from "./replicas.ts";
import { dropTable } from "./table-rows.ts";

export function leaveGlobalTable(context: DynamoContext, found: FoundTable): void {
  const { table, store } = found;
  const remaining = replicasOf(context, table);
  for (const other of remaining) other.store.tables.put(table.name, without(other.table, table.region));
  const [heir] = remaining;
  if (heir !== undefined) handOverExpiries(context, found, heir);
  forgetArriving(found);
  dropTable(context, store, table);
  if (heir !== undefined) forgetVersions(context, { table: without(heir.table, table.region), store: heir.store });
}

function without(table: TableRow, region: string): TableRow {
  const { global, ...rest } = table;
  const others = (global?.others ?? []).filter((each) => each !== region);
  return global === undefined || others.length === 0 ? rest : { ...rest, global: { ...global, others } };
}
