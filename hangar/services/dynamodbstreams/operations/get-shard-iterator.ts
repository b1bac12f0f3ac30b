// Gives a place in a shard to read from. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html

import type { GetShardIteratorInput, GetShardIteratorOutput } from "../../../models/dynamodbstreams.d.ts";
import type { StreamPosition } from "../../../ports/table-streams.ts";
import { shardNotFound, streamNotFound, trimmed, validation } from "../errors.ts";
import { writeIterator } from "../rules/shard-iterator.ts";
import { checkStreamArn } from "../rules/stream-arn.ts";
import { operation } from "../store.ts";

export const getShardIterator = operation<GetShardIteratorInput, GetShardIteratorOutput>(async (input, context) => {
  const { StreamArn: streamArn, ShardId: shardId } = input;
  const { tableStreams } = context.ports;
  const position = positionOf(input);
  checkStreamArn(streamArn);
  if ((await tableStreams.describe(streamArn)) === undefined) throw streamNotFound(streamArn);
  const place = await tableStreams.position(streamArn, shardId, position);
  if (place === undefined) throw shardNotFound(streamArn, shardId);
  if (place === "trimmed") throw trimmed();
  if (place === "outside")
    throw validation("Invalid SequenceNumber: the sequence number is not in the range of the shard");
  return { ShardIterator: writeIterator({ streamArn, shardId, next: place.next, at: context.clock.now() }) };
});

function positionOf({ ShardIteratorType: type, SequenceNumber: number }: GetShardIteratorInput): StreamPosition {
  if (type === "TRIM_HORIZON" || type === "LATEST") {
    if (number !== undefined) throw validation(`SequenceNumber must not be given with ShardIteratorType ${type}`);
    return { start: type };
  }
  if (number === undefined) throw validation(`SequenceNumber is required with ShardIteratorType ${type}`);
  return type === "AT_SEQUENCE_NUMBER" ? { at: number } : { after: number };
}
