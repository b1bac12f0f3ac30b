// Appends to a table's stream and rolls its shards.

import type { TableSchema } from "../rules/table-schema.ts";
import { keyOf } from "../rules/item-key.ts";
import { itemSize } from "../rules/item-size.ts";
import type { DynamoContext, DynamoStore, ShardRow, StreamRecordRow, StreamRow, TableRow } from "../store.ts";
import type { ItemChange } from "./write-item.ts";

const SHARD_LIFE = 4 * 3_600_000;
export const KEPT_FOR = 24 * 3_600_000;

/** Old records are removed a few at a time, as new ones come. */
const TRIMMED_AT_ONCE = 4;

export function writeStreamRecord(
  context: DynamoContext,
  { table, schema, store }: { table: TableRow; schema: TableSchema; store: DynamoStore },
  change: ItemChange,
): void {
  const arn = table.stream?.arn ?? "";
  const stream = store.streams.get(arn);
  if (stream === undefined) return;
  const now = context.clock.now();
  const id = context.ids.hex(32);
  context.world.trace.remember(id, context.span);
  const record = recordOf(stream, schema, change, { number: stream.next, at: now, id });
  store.streamRecords.put(recordKey(arn, stream.next), record);
  store.streams.put(arn, { ...stream, next: stream.next + 1, shards: rolled(stream, now, context) });
  trim(store, arn, now);
  context.scheduler.wake(`stream:${arn}`);
}

export function recordKey(arn: string, number: number): string {
  return `${arn}\u0000${String(number).padStart(16, "0")}`;
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

/** A shard takes records for about four hours; then a child takes over. */
function rolled(stream: StreamRow, now: number, context: DynamoContext): readonly ShardRow[] {
  const open = stream.shards.at(-1);
  if (open === undefined || now - open.opened < SHARD_LIFE) return stream.shards;
  const child: ShardRow = { id: newShardId(now, context), parent: open.id, opened: now, first: stream.next };
  const kept = stream.shards.filter((shard) => now - shard.opened < SHARD_LIFE + KEPT_FOR);
  return [...kept.slice(0, -1), { ...open, last: stream.next - 1 }, child];
}

export function newShardId(now: number, context: DynamoContext): string {
  return `shardId-${String(now).padStart(20, "0")}-${context.ids.hex(8)}`;
}

function trim(store: DynamoStore, arn: string, now: number): void {
  for (let count = 0; count < TRIMMED_AT_ONCE; count += 1) {
    const oldest = store.streamRecords.first({ prefix: `${arn}\u0000` });
    if (oldest === undefined || now - oldest[1].at < KEPT_FOR) return;
    store.streamRecords.delete(oldest[0]);
  }
}
