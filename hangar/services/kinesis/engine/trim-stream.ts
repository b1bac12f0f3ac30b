// Removes what has outlived a stream's retention: records, and closed shards with none left.

import { compositeKey } from "../../../kernel/table.ts";
import { ofStream, shardKey, type KinesisContext, type Place } from "../store.ts";
import { horizon } from "./read-shard.ts";

const TRIM_WORK = "kinesis.trim-records";
const HOUR = 3_600_000;

/** One timer a stream, for its oldest record. */
export function keepTrimming(
  context: KinesisContext,
  { store, stream }: Place,
  wait = stream.retentionHours * HOUR,
): void {
  if (store.timers.has(stream.name)) return;
  const data = { account: stream.account, region: stream.region, name: stream.name };
  store.timers.put(stream.name, context.scheduler.at(context.clock.now() + wait, TRIM_WORK, data));
}

function stopTrimming(context: KinesisContext, { store, stream }: Place): void {
  const timer = store.timers.delete(stream.name);
  if (timer !== undefined) context.scheduler.cancel(timer);
}

export function trimStream(context: KinesisContext, place: Place): void {
  const { store, stream } = place;
  const oldest = horizon(stream, context.clock.now());
  let left = false;
  for (const shard of store.shards.rows({ prefix: ofStream(stream.name) })) {
    const key = shardKey(stream.name, shard.index);
    const emptied = trimShard(place, compositeKey(key, ""), oldest);
    if (!emptied) left = true;
    else if (shard.closed !== undefined && shard.closed < oldest) {
      store.shards.delete(key);
      store.next.delete(key);
      store.tokens.delete(key);
    } else if (shard.closed !== undefined) left = true;
  }
  stopTrimming(context, place);
  // Not at each record's own end, but within the hour.
  if (left) keepTrimming(context, place, HOUR);
}

/** Whether nothing is left. */
function trimShard({ store }: Place, prefix: string, oldest: number): boolean {
  for (const [key, row] of store.records.range({ prefix })) {
    if (row.at >= oldest) return false;
    store.records.delete(key);
  }
  return true;
}

/** All that a stream has beside its own row. */
export function clearStream(context: KinesisContext, place: Place): void {
  const { store, stream } = place;
  stopTrimming(context, place);
  const prefix = ofStream(stream.name);
  for (const table of [
    store.records,
    store.shards,
    store.open,
    store.next,
    store.consumers,
    store.subscriptions,
    store.tokens,
  ]) {
    for (const key of table.keys({ prefix })) table.delete(key);
  }
}
