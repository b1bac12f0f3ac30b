// Gives a place in a shard to read from. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { GetShardIteratorInput, GetShardIteratorOutput } from "../../../models/kinesis.d.ts";
import { findStream, nameOf } from "../engine/find-stream.ts";
import { startNumber } from "../engine/start-number.ts";
import { couldNotFindShard, shardDoesNotExist } from "../errors.ts";
import { shardId, shardIndex } from "../rules/shard-id.ts";
import { writeIterator } from "../rules/shard-iterator.ts";
import { operation, shardKey, type KinesisContext, type ShardPlace } from "../store.ts";

export const getShardIterator = operation<GetShardIteratorInput, GetShardIteratorOutput>((input, context) => {
  const place = placeOf(input, context);
  if (input.DryRun === true) throw notEmulated("DryRun of GetShardIterator");
  const now = context.clock.now();
  const next = startNumber(place, now, {
    type: input.ShardIteratorType,
    sequenceNumber: input.StartingSequenceNumber,
    at: input.Timestamp?.getTime(),
    operation: "GetShardIterator",
  });
  const { name: stream, account, created } = place.stream;
  return { ShardIterator: writeIterator({ account, stream, created, shard: place.shard.index, next, made: now }) };
});

/** A number that no shard has is told from text that is no shard id. */
function placeOf(input: GetShardIteratorInput, context: KinesisContext): ShardPlace {
  const index = shardIndex(input.ShardId);
  if (index === undefined) {
    const { name, account } = nameOf(context, input) ?? { name: "", account: context.account };
    throw couldNotFindShard(input.ShardId, name, account);
  }
  const { stream, store } = findStream(context, input);
  const shard = store.shards.get(shardKey(stream.name, index));
  if (shard === undefined) throw shardDoesNotExist(shardId(index), stream.name, stream.account);
  return { stream, store, shard };
}
