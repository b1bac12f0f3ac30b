// Shards of a table's stream: how many there are, which takes a record, when one is followed by its children.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html#Streams.Processing

import type { DynamoContext, ShardRow, StreamRow, TableRow } from "../store.ts";

const SHARD_LIFE = 4 * 3_600_000;
export const KEPT_FOR = 24 * 3_600_000;

/** A table's partitions are AWS's own affair; here a tag says how many there are, each with a shard of its own. */
const PARTITIONS_TAG = "hangar:partitions";
const MAX_PARTITIONS = 64;

/** Shards share out the first byte of the partition key's hash. */
const HASHES = 256;
const HASH_AT = 8;

export function partitionsOf({ tags }: TableRow): number {
  const asked = Number(tags[PARTITIONS_TAG] ?? 1);
  return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), MAX_PARTITIONS) : 1;
}

function newShardId(at: number, context: DynamoContext): string {
  return `shardId-${String(at).padStart(20, "0")}-${context.ids.hex(8)}`;
}

function openShards(stream: StreamRow): readonly ShardRow[] {
  return stream.shards.filter((shard) => shard.last === undefined);
}

/** The open shard that an item's changes go to. */
export function shardFor(stream: StreamRow, itemKey: string): ShardRow | undefined {
  const hash = itemKey.charCodeAt(HASH_AT);
  return stream.shards.findLast((shard) => shard.last === undefined && shard.from <= hash && hash < shard.to);
}

/** The stream with shards for so many partitions; what is open is split, never merged, as on AWS. */
export function withPartitions(stream: StreamRow, wanted: number, context: DynamoContext): StreamRow {
  const now = context.clock.now();
  let split = stream;
  while (openShards(split).length < wanted) {
    const open = openShards(split);
    const widest = open.reduce((most, shard) => (shard.to - shard.from > most.to - most.from ? shard : most));
    const middle = (widest.from + widest.to) >> 1;
    split = followed(split, widest, now, [
      { id: newShardId(now, context), from: widest.from, to: middle },
      { id: newShardId(now, context), from: middle, to: widest.to },
    ]);
  }
  return split;
}

/** The stream before it has records. */
export function firstShards(stream: Omit<StreamRow, "shards">, wanted: number, context: DynamoContext): StreamRow {
  const now = context.clock.now();
  const edge = (index: number): number => Math.floor((index * HASHES) / wanted);
  const shards = Array.from({ length: wanted }, (_, index) => ({
    id: newShardId(now, context),
    opened: now,
    first: stream.next + index,
    from: edge(index),
    to: edge(index + 1),
  }));
  return { ...stream, next: stream.next + wanted, shards };
}

/** The same stream when no shard is older than four hours. */
export function rolled(stream: StreamRow, context: DynamoContext): StreamRow {
  const now = context.clock.now();
  let current = stream;
  for (;;) {
    const old = current.shards.find((shard) => shard.last === undefined && now - shard.opened >= SHARD_LIFE);
    if (old === undefined) return current;
    // Generations that nobody can see any more are left out.
    const skipped = Math.max(0, Math.floor((now - old.opened - KEPT_FOR) / SHARD_LIFE) - 1) * SHARD_LIFE;
    const at = old.opened + SHARD_LIFE + skipped;
    current = followed(current, old, at, [{ id: newShardId(at, context), from: old.from, to: old.to }]);
  }
}

function followed(
  stream: StreamRow,
  parent: ShardRow,
  at: number,
  children: readonly Pick<ShardRow, "id" | "from" | "to">[],
): StreamRow {
  const shards = stream.shards.map((shard) =>
    shard === parent ? { ...shard, last: stream.next - 1, closed: at } : shard,
  );
  const opened = children.map((child, index) => ({
    ...child,
    parent: parent.id,
    opened: at,
    // Opening a shard takes a number of its own: an empty shard, too, ends where it began or later.
    first: stream.next + index,
  }));
  return { ...stream, shards: [...shards, ...opened], next: stream.next + children.length };
}

export function closed(stream: StreamRow, now: number): readonly ShardRow[] {
  return stream.shards.map((shard) =>
    shard.last === undefined ? { ...shard, last: stream.next - 1, closed: now } : shard,
  );
}

/** A closed shard is there for as long as its last records may be. */
export function isThere(shard: ShardRow, now: number): boolean {
  return shard.closed === undefined || now - shard.closed < KEPT_FOR;
}
