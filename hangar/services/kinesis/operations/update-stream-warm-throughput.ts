// Says what an on-demand stream must be ready for. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamWarmThroughput.html

import type { UpdateStreamWarmThroughputInput, UpdateStreamWarmThroughputOutput } from "../../../models/kinesis.d.ts";
import { checkWarmThroughput } from "../engine/commitment.ts";
import { findStream } from "../engine/find-stream.ts";
import { operation } from "../store.ts";

export const updateStreamWarmThroughput = operation<UpdateStreamWarmThroughputInput, UpdateStreamWarmThroughputOutput>(
  (input, context) => {
    const { stream, store } = findStream(context, input);
    const target = input.WarmThroughputMiBps;
    checkWarmThroughput(context, stream.mode, target);
    store.streams.put(stream.name, { ...stream, warmMiBps: target });
    return {
      StreamARN: stream.arn,
      StreamName: stream.name,
      WarmThroughput: { TargetMiBps: target, CurrentMiBps: stream.warmMiBps ?? 0 },
    };
  },
);
