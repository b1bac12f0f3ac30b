// Describes a stream with its shards. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html

import type { DescribeStreamInput, DescribeStreamOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { livingShards } from "../engine/list-shards.ts";
import { showShard, showStream } from "../rules/descriptions.ts";
import { operation } from "../store.ts";

export const describeStream = operation<DescribeStreamInput, DescribeStreamOutput>((input, context) => {
  const place = findStream(context, input);
  const limit = input.Limit ?? 100;
  const shards = livingShards(place, context.clock.now(), input.ExclusiveStartShardId);
  return {
    StreamDescription: {
      ...showStream(place.stream),
      Shards: shards.slice(0, limit).map(showShard),
      HasMoreShards: shards.length > limit,
    },
  };
});
