// Reads records from where an iterator stands. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { GetRecordsInput, GetRecordsOutput } from "../../../models/kinesis.d.ts";
import { openDataKey } from "../engine/append-record.ts";
import { streamNamed } from "../engine/find-stream.ts";
import { childrenOf, MOST_RECORDS, readShard, type Read } from "../engine/read-shard.ts";
import { checkRead, countRead } from "../engine/shard-throughput.ts";
import { invalidArgument, shardDoesNotExist } from "../errors.ts";
import { showRecord } from "../rules/descriptions.ts";
import { shardId } from "../rules/shard-id.ts";
import { readIterator, writeIterator, type ShardIterator } from "../rules/shard-iterator.ts";
import { operation, shardKey, type KinesisContext, type ShardPlace } from "../store.ts";

export const getRecords = operation<GetRecordsInput, GetRecordsOutput>((input, context) => {
  const now = context.clock.now();
  const iterator = readIterator(input.ShardIterator, now);
  const place = placeOf(iterator, context);
  if (input.StreamARN !== undefined && input.StreamARN !== place.stream.arn)
    throw invalidArgument(`ShardIterator is not of the stream ${input.StreamARN}.`);
  if (input.DryRun === true) throw notEmulated("DryRun of GetRecords");
  checkRead(context, place);
  const read = readShard(place, iterator.next, input.Limit ?? MOST_RECORDS, now);
  countRead(context, place, read.bytes);
  const answer = answerOf(place, read, { ...iterator, next: read.next, made: now });
  const dataKey = read.records.findLast((record) => record.dataKey !== undefined)?.dataKey;
  return dataKey === undefined ? answer : openDataKey(context, place.stream, dataKey).then(() => answer);
});

function placeOf({ account, stream: name, created, shard: index }: ShardIterator, context: KinesisContext): ShardPlace {
  const place = streamNamed(context, { account, region: context.region, name });
  const shard = place?.store.shards.get(shardKey(name, index));
  if (place?.stream.created !== created || shard === undefined) throw shardDoesNotExist(shardId(index), name, account);
  return { ...place, shard };
}

function answerOf(place: ShardPlace, read: Read, next: ShardIterator): GetRecordsOutput {
  return {
    Records: read.records.map((record) => showRecord(place.shard, record)),
    ...(read.end ? { ChildShards: childrenOf(place) } : { NextShardIterator: writeIterator(next) }),
    MillisBehindLatest: read.behind,
  };
}
