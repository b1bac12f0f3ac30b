// Merges two neighbouring shards. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_MergeShards.html

import type { MergeShardsInput, MergeShardsOutput } from "../../../models/kinesis.d.ts";
import { findShard, findStream } from "../engine/find-stream.ts";
import { mergeBoth } from "../engine/reshard.ts";
import { invalidArgument } from "../errors.ts";
import { checkOpen, checkProvisioned } from "../rules/reshardable.ts";
import { shardId } from "../rules/shard-id.ts";
import { operation, type ShardRow } from "../store.ts";

export const mergeShards = operation<MergeShardsInput, MergeShardsOutput>((input, context) => {
  const place = findStream(context, input);
  const { stream } = place;
  checkProvisioned(stream);
  const { shard } = findShard(place, input.ShardToMerge);
  const { shard: adjacent } = findShard(place, input.AdjacentShardToMerge);
  if (!touches(shard, adjacent) && !touches(adjacent, shard))
    throw invalidArgument(
      `Shards ${shardId(shard.index)} and ${shardId(adjacent.index)} in stream ${stream.name} under account ${stream.account} are not an adjacent pair of shards eligible for merging`,
    );
  checkOpen(stream, shard);
  checkOpen(stream, adjacent);
  mergeBoth(context, place, shard, adjacent);
  return {};
});

function touches(low: ShardRow, high: ShardRow): boolean {
  return BigInt(`0x${low.end}`) + 1n === BigInt(`0x${high.start}`);
}
