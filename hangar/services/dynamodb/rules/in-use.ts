// What cannot be changed while a table or an index is being changed, in AWS's words.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import { inUse, limitExceeded, resourceInUse, throttledProtection } from "../errors.ts";
import type { TableRow } from "../store.ts";
import { indexStateOf, PROTECTION_PAUSE, stateOf, statusOf, type IndexState } from "./table-state.ts";

type Building = { readonly name: string; readonly state: IndexState };

/** Of every change but a new table of the name. */
function checkThere(table: TableRow, now: number): void {
  const status = statusOf(table, now);
  if (status === "CREATING") throw inUse(`Table is being created: ${table.name}`);
  if (status === "DELETING") throw inUse(`Table is being deleted: ${table.name}`);
}

export function checkDeletable(table: TableRow, now: number): void {
  checkThere(table, now);
  if (building(table, now).length > 0)
    throw inUse("Cannot delete table while indexes are being created, updated, or deleted.");
  const state = stateOf(table, now);
  if (state?.reason === "stream") throw inUse("Cannot delete table while stream is being enabled/disabled.");
  if (state !== undefined || now < (table.encrypting ?? 0) || now < (table.warming ?? 0))
    throw inUse(`Table: ${table.name} is in the process of being updated.`);
}

/** Deletion protection may change whatever else does, but not at once again. */
export function checkUpdatable(input: UpdateTableInput, table: TableRow, now: number): void {
  checkThere(table, now);
  if (input.DeletionProtectionEnabled !== undefined) {
    const again = (table.protectionChanged ?? Number.NEGATIVE_INFINITY) + PROTECTION_PAUSE;
    if (now < again) throw throttledProtection(table.name, PROTECTION_PAUSE, again);
  }
  if (input.SSESpecification !== undefined && now < (table.encrypting ?? 0))
    throw inUse("Server-Side Encryption is still being updated");
  const capacity = changesCapacity(input, table);
  const indexes = building(table, now);
  checkIndexes(input, table, indexes, now);
  checkBeside(input, table, indexes, capacity);
  checkState(input, table, now, capacity);
}

/** Replicas come, change and go while nothing else does. */
export function checkReplicable(table: TableRow, now: number): void {
  checkThere(table, now);
  if (stateOf(table, now) !== undefined || building(table, now).length > 0)
    throw resourceInUse("The resource which you are attempting to change is in use.");
}

function building(table: TableRow, now: number): readonly Building[] {
  return table.indexes.flatMap((index) => {
    const state = indexStateOf(index, now);
    return state === undefined ? [] : [{ name: index.name, state }];
  });
}

/** On demand once more is no change. */
function changesCapacity(
  { ProvisionedThroughput: units, BillingMode: mode }: UpdateTableInput,
  { billing }: TableRow,
): boolean {
  return units !== undefined || (mode !== undefined && mode !== billing);
}

/** What is asked of the indexes themselves. */
function checkIndexes(input: UpdateTableInput, { name }: TableRow, indexes: readonly Building[], now: number): void {
  for (const { Create, Delete, Update } of input.GlobalSecondaryIndexUpdates ?? []) {
    const own = indexes.find((index) => index.name === (Delete ?? Update)?.IndexName);
    if (own !== undefined) checkOwn(own, Delete !== undefined, name, now);
    const other = indexes.find(({ state, name: each }) => state.name !== "UPDATING" && each !== own?.name);
    if (other !== undefined && (Create ?? Delete) !== undefined)
      throw limitExceeded(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
      );
  }
}

function checkOwn({ name, state }: Building, deleted: boolean, table: string, now: number): void {
  const where = `Table: ${table} Index: ${name}`;
  if (state.name === "DELETING") throw inUse(`Index is being deleted. ${where}`);
  if (state.name === "UPDATING") throw inUse(`Index is being updated. ${where}`);
  const filling = now >= (state.allocated ?? 0);
  if (deleted && !filling)
    throw inUse(
      `Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. ${where}`,
    );
  if (!deleted) throw inUse(`Index is being created${filling ? "." : " but is not backfilling yet."}  ${where}`);
}

/** What is asked of the table while its indexes come and go; while one is filled the table is free. */
function checkBeside(input: UpdateTableInput, table: TableRow, indexes: readonly Building[], capacity: boolean): void {
  if (table.state?.reason !== "index") return;
  for (const [name, done, noun] of [
    ["CREATING", "created", "creation"],
    ["DELETING", "deleted", "deletion"],
  ] as const) {
    const names = indexes.filter(({ state }) => state.name === name).map((index) => index.name);
    if (names.length === 0) continue;
    const list = `[${names.join(", ")}]`;
    if (capacity)
      throw inUse(`Can't change table IOPS when an index is being ${done}. Table: ${table.name} Indexes: ${list}`);
    if (input.StreamSpecification !== undefined)
      throw inUse(`Can't change stream status when an index is being ${done}. Table: ${table.name} Indexes: ${list}`);
    if (input.OnDemandThroughput !== undefined)
      throw inUse(`OnDemandThroughput cannot be updated while index ${noun} is in progress for indexes: ${list}`);
  }
}

function checkState(input: UpdateTableInput, table: TableRow, now: number, capacity: boolean): void {
  const state = stateOf(table, now);
  if (state === undefined || state.reason === "index") return;
  const stream = input.StreamSpecification !== undefined;
  const index = (input.GlobalSecondaryIndexUpdates ?? []).some(
    ({ Create, Delete }) => (Create ?? Delete) !== undefined,
  );
  const maxima = input.OnDemandThroughput !== undefined;
  const where = `Table: ${table.name}`;
  if (state.reason === "capacity" || state.reason === "billing") {
    if (capacity) throw inUse(`Table IOPS are currently being updated. ${where}`);
    if (maxima) throw inUse("OnDemandThroughput cannot be updated while BillingMode update is in progress");
    if (stream) throw inUse(`Can't enable or disable stream while table IOPS are being updated. ${where}`);
    if (index) throw inUse(`Can't create or delete indexes while table IOPS are being updated. ${where}`);
    if (input.TableClass !== undefined)
      throw inUse(`Can't update table class while table IOPS are being updated. ${where}`);
    return;
  }
  const enabled = table.stream?.enabled === true ? "ENABLE" : "DISABLE";
  const [when, what, noun] =
    state.reason === "stream"
      ? [
          "when stream status is being updated",
          `Stream: ${table.stream?.label ?? ""} Operation: ${enabled}`,
          "stream status update",
        ]
      : [
          "when a table class update is in progress",
          `TableClassUpdateInProgress: ${table.tableClass ?? ""}`,
          "TableClass update",
        ];
  if (maxima) throw inUse(`OnDemandThroughput cannot be updated while ${noun} is in progress`);
  if (stream && state.reason === "stream")
    throw inUse(`A stream status change is currently in progress. ${where} ${what}`);
  const asked = capacity
    ? "change table IOPS"
    : stream
      ? "enable or disable stream"
      : index
        ? "create or delete an index"
        : input.TableClass !== undefined
          ? "update table class"
          : undefined;
  if (asked !== undefined) throw inUse(`Can't ${asked} ${when}. ${where} ${what}`);
}
