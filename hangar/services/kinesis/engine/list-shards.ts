// Shards that AWS still lists: open ones, and closed ones whose records may be there.

import { shardIndex } from "../rules/shard-id.ts";
import { ofStream, shardKey, type Place, type ShardRow } from "../store.ts";
import type { Filter } from "../rules/page-token.ts";
import { horizon } from "./read-shard.ts";

/** In order of number, after a shard id. */
export function livingShards({ store, stream }: Place, now: number, after?: string): ShardRow[] {
  const index = after === undefined ? undefined : (shardIndex(after) ?? Number.MAX_SAFE_INTEGER);
  const range = {
    prefix: ofStream(stream.name),
    ...(index === undefined ? {} : { after: shardKey(stream.name, index) }),
  };
  const oldest = horizon(stream, now);
  return [...store.shards.rows(range)].filter((shard) => shard.closed === undefined || shard.closed >= oldest);
}

export function passesFilter({ stream }: Place, shard: ShardRow, filter: Filter | undefined, now: number): boolean {
  const type = filter?.type;
  if (type === "AT_LATEST") return shard.closed === undefined;
  if (type === "AT_TRIM_HORIZON") return openAtTime(shard, Math.max(horizon(stream, now), stream.created));
  if (type === "AT_TIMESTAMP") return openAtTime(shard, filter?.at ?? now);
  if (type === "FROM_TIMESTAMP") return shard.closed === undefined || shard.closed >= (filter?.at ?? now);
  return true;
}

function openAtTime({ opened, closed }: ShardRow, at: number): boolean {
  return opened <= at && (closed === undefined || closed >= at);
}
