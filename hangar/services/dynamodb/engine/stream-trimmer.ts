// Forgets what a stream no longer shows: records after a day, then closed shards, then the stream that was ended.

import type { DynamoContext, DynamoStore, ShardRow, StreamRow } from "../store.ts";
import { scheduleAt } from "./schedule-at.ts";
import { isThere, KEPT_FOR } from "./stream-shards.ts";

const TRIM_WORK = "dynamodb.trim-stream";
const MINUTE = 60_000;

/** The stream with its one timer set; it goes off within a minute of the first record's end. */
export function trimmedLater(stream: StreamRow, context: DynamoContext, from = context.clock.now()): StreamRow {
  if (stream.trimmer === true) return stream;
  const at = Math.ceil((from + KEPT_FOR) / MINUTE) * MINUTE;
  scheduleAt(context, stream, at, { kind: TRIM_WORK, arn: stream.arn });
  return { ...stream, trimmer: true };
}

export function trimStream(context: DynamoContext, store: DynamoStore, arn: string): void {
  const row = store.streams.get(arn);
  if (row === undefined) return;
  const now = context.clock.now();
  const shards = row.shards.map((shard) => trimShard(store, shard, now)).filter((shard) => isThere(shard, now));
  if (row.disabledAt !== undefined && now - row.disabledAt >= KEPT_FOR) {
    store.streams.delete(arn);
    return;
  }
  const stream: StreamRow = { ...row, shards, trimmer: undefined };
  const next = nextEnd(store, stream);
  store.streams.put(arn, next === undefined ? stream : trimmedLater(stream, context, next));
}

function trimShard(store: DynamoStore, shard: ShardRow, now: number): ShardRow {
  let trimmed = shard.trimmed;
  for (;;) {
    const oldest = store.streamRecords.first({ prefix: `${shard.id}\u0000` });
    if (oldest === undefined || now - oldest[1].at < KEPT_FOR)
      return trimmed === shard.trimmed ? shard : { ...shard, trimmed };
    trimmed = oldest[1].number;
    store.streamRecords.delete(oldest[0]);
  }
}

/** When the first came of what will be next to go. */
function nextEnd(store: DynamoStore, stream: StreamRow): number | undefined {
  const times = stream.shards.flatMap((shard) => [
    store.streamRecords.first({ prefix: `${shard.id}\u0000` })?.[1].at ?? [],
    shard.closed ?? [],
  ]);
  const ends = [...times.flat(), ...(stream.disabledAt === undefined ? [] : [stream.disabledAt])];
  return ends.length === 0 ? undefined : Math.min(...ends);
}
