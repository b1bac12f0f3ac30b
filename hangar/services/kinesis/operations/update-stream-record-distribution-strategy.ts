// Says who chooses the shard of a record: its partition key, or Kinesis. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamRecordDistributionStrategy.html

import type {
  UpdateStreamRecordDistributionStrategyInput,
  UpdateStreamRecordDistributionStrategyOutput,
} from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { checkDistribution } from "../rules/distribution.ts";
import { operation } from "../store.ts";

export const updateStreamRecordDistributionStrategy = operation<
  UpdateStreamRecordDistributionStrategyInput,
  UpdateStreamRecordDistributionStrategyOutput
>((input, context) => {
  const { stream, store } = findStream(context, input);
  checkDistribution(input.RecordDistributionStrategy, stream.mode);
  store.streams.put(stream.name, { ...stream, distribution: input.RecordDistributionStrategy });
  return {};
});
