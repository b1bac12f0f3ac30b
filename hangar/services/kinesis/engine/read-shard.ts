// Reads a shard from a record's number on, as far as retention lets.

import { compositeKey } from "../../../kernel/table.ts";
import type { ChildShard } from "../../../models/kinesis.d.ts";
import { showChild } from "../rules/descriptions.ts";
import { bytesOf } from "../rules/record-size.ts";
import { ofStream, recordKey, shardKey, type RecordRow, type ShardPlace, type StreamRow } from "../store.ts";

export const MOST_RECORDS = 10_000;
const MOST_BYTES = 10 * 1024 * 1024;

/** Older records are gone, whether removed yet or not. */
export function horizon(stream: StreamRow, now: number): number {
  return now - stream.retentionHours * 3_600_000;
}

/** Number of the next record a shard will get. */
export function tail({ store, stream, shard }: ShardPlace): number {
  return store.next.get(shardKey(stream.name, shard.index)) ?? 1;
}

/** Number of the first record that arrived at a time or later. */
export function firstAt(place: ShardPlace, time: number): number {
  const { store, stream, shard } = place;
  let high = tail(place);
  const oldest = store.records.first({ prefix: compositeKey(shardKey(stream.name, shard.index), "") });
  let low = oldest === undefined ? high : oldest[1].number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = store.records.get(recordKey(stream.name, shard.index, middle));
    if (row === undefined || row.at < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type Read = {
  readonly records: readonly RecordRow[];
  /** Number to read next. */
  readonly next: number;
  /** A closed shard that has no more. */
  readonly end: boolean;
  readonly behind: number;
  readonly bytes: number;
};

export function readShard(place: ShardPlace, from: number, limit: number, now: number): Read {
  const { store, stream, shard } = place;
  const first = Math.max(from, firstAt(place, horizon(stream, now)));
  const records: RecordRow[] = [];
  let bytes = 0;
  const range = {
    prefix: compositeKey(shardKey(stream.name, shard.index), ""),
    from: recordKey(stream.name, shard.index, first),
  };
  for (const row of store.records.rows(range)) {
    const size = bytesOf(row.data, row.partitionKey);
    if (records.length > 0 && bytes + size > MOST_BYTES) break;
    bytes += size;
    records.push(row);
    if (records.length === limit) break;
  }
  const last = records.at(-1);
  const next = last === undefined ? first : last.number + 1;
  const done = next >= tail(place);
  return {
    records,
    next,
    end: done && shard.closed !== undefined,
    bytes,
    behind: done || last === undefined ? 0 : Math.max(0, now - last.at),
  };
}

/** Shards that took over from one that was closed. */
export function childrenOf({ store, stream, shard }: ShardPlace): ChildShard[] {
  const after = shardKey(stream.name, shard.index);
  const younger = [...store.shards.rows({ prefix: ofStream(stream.name), after })];
  return younger.filter((each) => each.parents.includes(shard.index)).map(showChild);
}
