// States of tables and indexes that take their time: each is over when the clock says so. Nothing is stored of what is active.

import type { UpdateTableInput } from "../../../models/dynamodb.d.ts";
import type { Changes } from "./rolling-limits.ts";
import type { IndexRow, TableRow } from "../store.ts";

/** What keeps a table from other changes. */
export type Reason = "create" | "delete" | "capacity" | "billing" | "stream" | "class" | "index";
export type TableState = { readonly reason: Reason; readonly until: number };
export type IndexState = {
  readonly name: "CREATING" | "UPDATING" | "DELETING";
  /** When an index that is created begins to be filled. */
  readonly allocated?: number | undefined;
  readonly until: number;
};

/** What a table's row says of what is under way, and of what was done when. */
export type TableProgress = {
  /** Where it takes its time: until when it is being made, changed or deleted. */
  readonly state?: TableState | undefined;
  readonly encrypting?: number | undefined;
  readonly warming?: number | undefined;
  readonly protectionChanged?: number | undefined;
  /** Its key cannot be used: why, and when data calls and the table's status say so. */
  readonly keyRefused?: { readonly message: string; readonly from: number; readonly shown: number } | undefined;
  /** When it changed last what it may change only so often. */
  readonly changes?:
    | {
        readonly tableClass?: Changes | undefined;
        readonly toOnDemand?: Changes | undefined;
        readonly encryption?: Changes | undefined;
      }
    | undefined;
};

const SECOND = 1000;

/** Milliseconds, as measured on AWS for small tables. */
export const TAKES = {
  create: 7 * SECOND,
  createWithIndexes: 16 * SECOND,
  delete: 6 * SECOND,
  capacity: 2 * SECOND,
  firstOnDemand: 130 * SECOND,
  onDemandAgain: 4 * SECOND,
  toProvisioned: 72 * SECOND,
  stream: 5 * SECOND,
  class: 4 * SECOND,
  allocateIndex: 30 * SECOND,
  buildIndex: 510 * SECOND,
  updateIndex: 2 * SECOND,
  deleteIndex: 5 * SECOND,
  encryption: 22 * SECOND,
  warm: 390 * SECOND,
  /** A table goes on with the data keys that it has. */
  keyCached: 330 * SECOND,
  keyDetected: 780 * SECOND,
} as const;

/** Two changes of deletion protection are this far apart. */
export const PROTECTION_PAUSE = 15 * SECOND;

export function stateOf(table: TableRow, now: number): TableState | undefined {
  return table.state !== undefined && now < table.state.until ? table.state : undefined;
}

export function indexStateOf(index: IndexRow, now: number): IndexState | undefined {
  return index.state !== undefined && now < index.state.until ? index.state : undefined;
}

export type TableStatus = "ACTIVE" | "CREATING" | "DELETING" | "INACCESSIBLE_ENCRYPTION_CREDENTIALS" | "UPDATING";

export function statusOf(table: TableRow, now: number): TableStatus {
  const state = stateOf(table, now);
  if (state === undefined)
    return table.keyRefused !== undefined && now >= table.keyRefused.shown
      ? "INACCESSIBLE_ENCRYPTION_CREDENTIALS"
      : "ACTIVE";
  return state.reason === "create" ? "CREATING" : state.reason === "delete" ? "DELETING" : "UPDATING";
}

/** Whether anything at all is under way. */
export function isBusy(table: TableRow, now: number): boolean {
  return stateOf(table, now) !== undefined || table.indexes.some((index) => indexStateOf(index, now) !== undefined);
}

/** A new table and its indexes, which are there together. */
export function beingCreated(table: TableRow, now: number): TableRow {
  const global = table.indexes.some((index) => index.global);
  const until = now + (global ? TAKES.createWithIndexes : TAKES.create);
  const indexes = table.indexes.map((index): IndexRow =>
    index.global ? { ...index, state: { name: "CREATING", until } } : index,
  );
  return { ...table, indexes, state: { reason: "create", until } };
}

/** A table after an update, as it is until the update is over. */
export function beingUpdated(input: UpdateTableInput, before: TableRow, after: TableRow, now: number): TableRow {
  const doing = doingOf(input, before, after);
  const indexes = after.indexes.map((index) => withIndexState(index, before, now));
  return {
    ...after,
    indexes,
    state: doing === undefined ? before.state : { reason: doing[0], until: now + doing[1] },
    encrypting: after.sse === before.sse ? before.encrypting : now + TAKES.encryption,
    warming: input.WarmThroughput === undefined ? before.warming : now + TAKES.warm,
    protectionChanged: input.DeletionProtectionEnabled === undefined ? before.protectionChanged : now,
  };
}

function doingOf(input: UpdateTableInput, before: TableRow, after: TableRow): readonly [Reason, number] | undefined {
  if (before.billing !== after.billing) {
    const again = before.onDemandSince !== undefined;
    if (after.billing === "PROVISIONED") return ["billing", TAKES.toProvisioned];
    return ["billing", again ? TAKES.onDemandAgain : TAKES.firstOnDemand];
  }
  if (input.ProvisionedThroughput !== undefined) return ["capacity", TAKES.capacity];
  if (input.StreamSpecification !== undefined) return ["stream", TAKES.stream];
  if (before.tableClass !== after.tableClass) return ["class", TAKES.class];
  const updates = input.GlobalSecondaryIndexUpdates ?? [];
  if (updates.some(({ Create }) => Create !== undefined)) return ["index", TAKES.allocateIndex];
  return updates.some(({ Delete }) => Delete !== undefined) ? ["index", TAKES.deleteIndex] : undefined;
}

function withIndexState(index: IndexRow, { indexes }: TableRow, now: number): IndexRow {
  const before = indexes.find((each) => each.name === index.name);
  if (before === undefined)
    return {
      ...index,
      state: { name: "CREATING", allocated: now + TAKES.allocateIndex, until: now + TAKES.buildIndex },
    };
  const changed = before.throughput !== index.throughput || before.onDemand !== index.onDemand;
  return changed ? { ...index, state: { name: "UPDATING", until: now + TAKES.updateIndex } } : index;
}
