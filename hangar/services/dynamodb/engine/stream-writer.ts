// Opens and ends a table's stream, and appends to it.

import type { TableSchema } from "../rules/table-schema.ts";
import { keyOf } from "../rules/item-key.ts";
import { itemSize } from "../rules/item-size.ts";
import type { DynamoContext, DynamoStore, StreamRecordRow, StreamRow, TableRow } from "../store.ts";
import { closed, firstShards, partitionsOf, rolled, shardFor, withPartitions } from "./stream-shards.ts";
import { trimmedLater } from "./stream-trimmer.ts";
import type { ItemChange } from "./write-item.ts";

export function writeStreamRecord(
  context: DynamoContext,
  { table, schema, store }: { table: TableRow; schema: TableSchema; store: DynamoStore },
  change: ItemChange,
): void {
  const arn = table.stream?.arn ?? "";
  const present = store.streams.get(arn);
  if (present === undefined) return;
  const now = context.clock.now();
  const stream = rolled(present, context);
  const shard = shardFor(stream, change.key);
  if (shard === undefined) return;
  const id = context.ids.hex(32);
  context.world.trace.remember(id, context.span);
  const record = recordOf(stream, schema, change, { number: stream.next, at: now, id });
  store.streamRecords.put(recordKey(shard.id, stream.next), record);
  store.streams.put(arn, trimmedLater({ ...stream, next: stream.next + 1 }, context));
  context.scheduler.wake(`stream:${arn}`);
}

export function recordKey(shardId: string, number: number): string {
  return `${shardId}\u0000${String(number).padStart(16, "0")}`;
}

function recordOf(
  stream: StreamRow,
  schema: TableSchema,
  { before, after, byTtl }: ItemChange,
  facts: { number: number; at: number; id: string },
): StreamRecordRow {
  const keys = keyOf(schema, (after ?? before)?.item ?? {});
  const withNew = stream.viewType === "NEW_IMAGE" || stream.viewType === "NEW_AND_OLD_IMAGES";
  const withOld = stream.viewType === "OLD_IMAGE" || stream.viewType === "NEW_AND_OLD_IMAGES";
  return {
    ...facts,
    event: after === undefined ? "REMOVE" : before === undefined ? "INSERT" : "MODIFY",
    keys,
    newImage: withNew ? after?.item : undefined,
    oldImage: withOld ? before?.item : undefined,
    size: itemSize(keys) + (withNew ? (after?.size ?? 0) : 0) + (withOld ? (before?.size ?? 0) : 0),
    byTtl,
  };
}

/** Opens a new stream on a table and returns the table with it. */
export function openStream(context: DynamoContext, store: DynamoStore, table: TableRow, viewType: string): TableRow {
  const { account, region, keys, name } = table;
  const created = context.clock.now();
  const label = newLabel(store, table, created);
  const stream = { enabled: true, viewType, label, arn: `${table.arn}/stream/${label}` };
  store.streams.put(
    stream.arn,
    firstShards({ ...stream, table: name, account, region, keys, created, next: 1 }, partitionsOf(table), context),
  );
  // A policy was the old stream's own.
  return { ...table, stream, streamPolicy: undefined };
}

/** The time it was asked for, but never that of another stream of the table. */
function newLabel(store: DynamoStore, table: TableRow, now: number): string {
  for (let at = now; ; at += 1) {
    const label = new Date(at).toISOString().slice(0, -1);
    if (!store.streams.has(`${table.arn}/stream/${label}`)) return label;
  }
}

/** Its records can be read for another day. */
export function closeStream(context: DynamoContext, store: DynamoStore, arn: string): void {
  const row = store.streams.get(arn);
  if (row === undefined) return;
  const now = context.clock.now();
  const current = rolled(row, context);
  const ended = { ...current, enabled: false, disabledAt: now, shards: closed(current, now) };
  store.streams.put(arn, trimmedLater(ended, context));
  context.scheduler.wake(`stream:${arn}`);
}

/** After the table's tags have changed: it may have more partitions now. */
export function splitStream(context: DynamoContext, store: DynamoStore, table: TableRow): void {
  if (table.stream?.enabled !== true) return;
  const present = store.streams.get(table.stream.arn);
  if (present === undefined) return;
  const stream = withPartitions(rolled(present, context), partitionsOf(table), context);
  if (stream === present) return;
  store.streams.put(stream.arn, trimmedLater(stream, context));
  context.scheduler.wake(`stream:${stream.arn}`);
}
