// Opens and closes shards: the only place where a stream's shards change.

import { compositeKey } from "../../../kernel/table.ts";
import { after, before, evenRanges, type HashRange } from "../rules/hash-key.ts";
import { ofStream, shardKey, topicOf, type KinesisContext, type Place, type ShardRow } from "../store.ts";

/** The first shards of a new stream. */
export function openFirst(context: KinesisContext, place: Place, count: number): void {
  for (const range of evenRanges(count)) open(context, place, { ...range, parents: [] });
}

export function splitAt(context: KinesisContext, place: Place, shard: ShardRow, start: string): void {
  close(context, place, shard);
  open(context, place, { start: shard.start, end: before(start), parents: [shard] });
  open(context, place, { start, end: shard.end, parents: [shard] });
  context.scheduler.wake(topicOf(place.stream));
}

export function mergeBoth(context: KinesisContext, place: Place, shard: ShardRow, adjacent: ShardRow): void {
  close(context, place, shard);
  close(context, place, adjacent);
  const [low, high] = shard.start < adjacent.start ? [shard, adjacent] : [adjacent, shard];
  open(context, place, { start: low.start, end: high.end, parents: [shard, adjacent] });
  context.scheduler.wake(topicOf(place.stream));
}

/** Even shards by real splits and merges, so that every record's shard has its descendants. */
export function rescale(context: KinesisContext, place: Place, count: number): void {
  const ranges = evenRanges(count);
  for (const { start } of ranges) {
    const holder = openAt(place, start);
    if (holder.start !== start) splitAt(context, place, holder, start);
  }
  for (const { start, end } of ranges) {
    for (let shard = openAt(place, start); shard.end !== end; shard = openAt(place, start))
      mergeBoth(context, place, shard, openAt(place, after(shard.end)));
  }
}

/** The open shard whose range holds a hash key. */
export function openAt({ store, stream }: Place, hash: string): ShardRow {
  const prefix = ofStream(stream.name);
  const [, index = 0] = store.open.first({ prefix, to: `${prefix}${hash}!`, reverse: true }) ?? [];
  const shard = store.shards.get(shardKey(stream.name, index));
  if (shard === undefined) throw new Error(`Stream ${stream.name} has no open shard for ${hash}.`);
  return shard;
}

export function openShardCount({ store, stream }: Place): number {
  return [...store.open.keys({ prefix: ofStream(stream.name) })].length;
}

type NewShard = HashRange & { readonly parents: readonly ShardRow[] };

function open({ clock }: KinesisContext, { store, stream }: Place, { start, end, parents }: NewShard): void {
  const now = clock.now();
  const index = store.streams.get(stream.name)?.shards ?? 0;
  // Sequence numbers of children come after all of their parents'.
  const epoch = parents.length === 0 ? now : Math.max(now, ...parents.map((parent) => parent.epoch)) + 1000;
  const shard: ShardRow = {
    index,
    start,
    end,
    opened: now,
    parents: parents.map((parent) => parent.index),
    epoch: Math.floor(epoch / 1000) * 1000,
  };
  store.shards.put(shardKey(stream.name, index), shard);
  store.open.put(compositeKey(stream.name, start), index);
  store.streams.put(stream.name, { ...(store.streams.get(stream.name) ?? stream), shards: index + 1 });
}

function close({ clock }: KinesisContext, { store, stream }: Place, shard: ShardRow): void {
  store.shards.put(shardKey(stream.name, shard.index), { ...shard, closed: clock.now() });
  store.open.delete(compositeKey(stream.name, shard.start));
}
