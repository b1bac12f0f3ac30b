// Reads records of a shard. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html

import type { GetRecordsInput, GetRecordsOutput } from "../../../models/dynamodbstreams.d.ts";
import { checkLimit, streamNotFound, trimmed } from "../errors.ts";
import { readIterator, writeIterator } from "../rules/shard-iterator.ts";
import { operation } from "../store.ts";

const MAX_RECORDS = 1000;

export const getRecords = operation<GetRecordsInput, GetRecordsOutput>(async (input, context) => {
  checkLimit(input.Limit, MAX_RECORDS);
  const now = context.clock.now();
  const { streamArn, shardId, next } = readIterator(input.ShardIterator, now);
  const read = await context.ports.tableStreams.records(streamArn, shardId, {
    next,
    limit: input.Limit ?? MAX_RECORDS,
  });
  if (read === undefined) throw streamNotFound(streamArn);
  if (read === "trimmed") throw trimmed();
  return {
    Records: read.records,
    NextShardIterator: read.end ? undefined : writeIterator({ streamArn, shardId, next: read.next, at: now }),
  };
});
