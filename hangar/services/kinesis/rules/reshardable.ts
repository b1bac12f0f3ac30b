// Whether a stream's shards may be split, merged or counted anew by their owner.

import { invalidArgument, validation } from "../errors.ts";
import type { ShardRow, StreamRow } from "../store.ts";
import { shardId } from "./shard-id.ts";

export function checkProvisioned({ name, account, mode }: StreamRow): void {
  if (mode === "ON_DEMAND")
    throw validation(`Request is invalid. Stream ${name} under account ${account} is in On-Demand mode.`);
}

export function checkOpen({ name, account }: StreamRow, shard: ShardRow): void {
  if (shard.closed !== undefined)
    throw invalidArgument(
      `Shard ${shardId(shard.index)} in stream ${name} under account ${account} has already been merged or split, and thus is not eligible for merging or splitting.`,
    );
}

/** Those of the last 24 hours. */
export function ofLastDay(times: readonly number[], now: number): readonly number[] {
  return times.filter((time) => time > now - 86_400_000);
}
