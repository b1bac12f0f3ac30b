// Tables and indexes that take AWS's time, where a world asks for it, and what is done when deletions are over.

import { limitExceeded } from "../errors.ts";
import { isBusy, TAKES } from "../rules/table-state.ts";
import type { DynamoContext, DynamoStore, TableRow } from "../store.ts";
import { scheduleAt } from "./schedule-at.ts";

const FINISH_WORK = "dynamodb.finish-deletion";
const MAX_AT_ONCE = 500;

/** `index`: of the table; the table itself when absent. */
export type Deletion = { readonly table: string; readonly storage: string; readonly index?: string | undefined };

/** CloudFormation waits for what it makes: for its stacks all is over at once. So it is for global tables. */
export function isTimed(context: DynamoContext, table?: Pick<TableRow, "global">): boolean {
  return (
    context.world.dynamodb.tableStates === "timed" &&
    context.caller.via !== "cloudformation.amazonaws.com" &&
    table?.global === undefined
  );
}

/** Of the tables that are being created, changed or deleted in an account. */
export function checkAtOnce(context: DynamoContext, store: DynamoStore): void {
  const now = context.clock.now();
  let busy = 0;
  for (const table of store.tables.rows()) if (isBusy(table, now)) busy += 1;
  if (busy >= MAX_AT_ONCE)
    throw limitExceeded(
      `Subscriber limit exceeded: Only ${MAX_AT_ONCE} tables can be created, updated, or deleted simultaneously`,
    );
}

export function deleteLater(context: DynamoContext, store: DynamoStore, table: TableRow): void {
  const until = context.clock.now() + TAKES.delete;
  store.tables.put(table.name, { ...table, state: { reason: "delete", until } });
  finishAt(context, table, until);
}

/** The table with indexes that are going: they are listed until they are gone. */
export function deleteIndexesLater(context: DynamoContext, before: TableRow, after: TableRow): TableRow {
  const kept = new Set(after.indexes.map((index) => index.name));
  const until = context.clock.now() + TAKES.deleteIndex;
  const gone = before.indexes.filter((index) => !kept.has(index.name));
  for (const { name } of gone) finishAt(context, before, until, name);
  if (gone.length === 0) return after;
  const going = gone.map((index) => ({ ...index, state: { name: "DELETING" as const, until } }));
  return { ...after, attributes: before.attributes, indexes: [...after.indexes, ...going] };
}

function finishAt(context: DynamoContext, table: TableRow, at: number, index?: string): void {
  const deletion: Deletion = { table: table.name, storage: table.storage, index };
  scheduleAt(context, table, at, { kind: FINISH_WORK, ...deletion });
}
