// Describes a stream and its shards. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html

import type { DescribeStreamInput, DescribeStreamOutput } from "../../../models/dynamodbstreams.d.ts";
import type { TableStream } from "../../../ports/table-streams.ts";
import { checkLimit, streamNotFound, validation } from "../errors.ts";
import { checkStreamArn } from "../rules/stream-arn.ts";
import { operation } from "../store.ts";

const MAX_SHARDS = 100;

export const describeStream = operation<DescribeStreamInput, DescribeStreamOutput>(async (input, context) => {
  checkLimit(input.Limit, MAX_SHARDS);
  checkStreamArn(input.StreamArn);
  const stream = await context.ports.tableStreams.describe(input.StreamArn);
  if (stream === undefined) throw streamNotFound(input.StreamArn);
  const shards = filtered(stream, input);
  const start = input.ExclusiveStartShardId;
  const at = shards.findIndex((shard) => shard.ShardId === start);
  // A shard that is gone still has its place among the others.
  const rest =
    start !== undefined && at === -1 ? shards.filter((shard) => (shard.ShardId ?? "") > start) : shards.slice(at + 1);
  const page = rest.slice(0, input.Limit ?? MAX_SHARDS);
  return {
    StreamDescription: {
      ...stream,
      Shards: page,
      LastEvaluatedShardId: page.length < rest.length ? page.at(-1)?.ShardId : undefined,
    },
  };
});

/** CHILD_SHARDS: those that took over from one shard. */
function filtered(
  stream: TableStream,
  { ShardFilter: filter }: DescribeStreamInput,
): NonNullable<TableStream["Shards"]> {
  const shards = stream.Shards ?? [];
  if (filter === undefined) return shards;
  if (filter.Type === undefined || filter.ShardId === undefined)
    throw validation("ShardFilter must have both Type and ShardId");
  return shards.filter((shard) => shard.ParentShardId === filter.ShardId);
}
