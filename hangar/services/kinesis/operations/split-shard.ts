// Splits a shard in two at a hash key. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SplitShard.html

import type { SplitShardInput, SplitShardOutput } from "../../../models/kinesis.d.ts";
import { checkShardLimit } from "../engine/account-shards.ts";
import { findShard, findStream } from "../engine/find-stream.ts";
import { splitAt } from "../engine/reshard.ts";
import { invalidArgument } from "../errors.ts";
import { decimalOf, hexOf } from "../rules/hash-key.ts";
import { checkOpen, checkProvisioned } from "../rules/reshardable.ts";
import { shardId } from "../rules/shard-id.ts";
import { operation } from "../store.ts";

export const splitShard = operation<SplitShardInput, SplitShardOutput>((input, context) => {
  const place = findStream(context, input);
  const { stream } = place;
  checkProvisioned(stream);
  const { shard } = findShard(place, input.ShardToSplit);
  const start = hexOf(input.NewStartingHashKey);
  const least = BigInt(`0x${shard.start}`) + 1n;
  if (start === undefined || BigInt(`0x${start}`) <= least || start >= shard.end)
    throw invalidArgument(
      `NewStartingHashKey ${input.NewStartingHashKey} used in SplitShard() on shard ${shardId(shard.index)} in stream ${stream.name} under account ${stream.account} is not both greater than one plus the shard's StartingHashKey ${decimalOf(shard.start)} and less than the shard's EndingHashKey ${decimalOf(shard.end)}.`,
    );
  checkOpen(stream, shard);
  checkShardLimit(context, 1);
  splitAt(context, place, shard, start);
  return {};
});
