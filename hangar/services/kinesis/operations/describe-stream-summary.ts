// Describes a stream without its shards. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html

import type { DescribeStreamSummaryInput, DescribeStreamSummaryOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { openShardCount } from "../engine/reshard.ts";
import { showStream } from "../rules/descriptions.ts";
import { ofStream, operation } from "../store.ts";

export const describeStreamSummary = operation<DescribeStreamSummaryInput, DescribeStreamSummaryOutput>(
  (input, context) => {
    const place = findStream(context, input);
    const { stream, store } = place;
    const { warmMiBps: warm } = stream;
    return {
      StreamDescriptionSummary: {
        ...showStream(stream),
        OpenShardCount: openShardCount(place),
        ConsumerCount: [...store.consumers.keys({ prefix: ofStream(stream.name) })].length,
        ...(warm === undefined ? {} : { WarmThroughput: { TargetMiBps: warm, CurrentMiBps: warm } }),
        MaxRecordSizeInKiB: stream.maxRecordKiB,
        ...(stream.mode === "ON_DEMAND"
          ? { RecordDistributionStrategy: stream.distribution ?? "USER_PARTITION_KEY" }
          : {}),
      },
    };
  },
);
