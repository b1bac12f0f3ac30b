// Turns shard-level metrics on. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_EnableEnhancedMonitoring.html

import type { EnableEnhancedMonitoringInput, EnableEnhancedMonitoringOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { namedMetrics } from "../rules/metrics.ts";
import { operation } from "../store.ts";

export const enableEnhancedMonitoring = operation<EnableEnhancedMonitoringInput, EnableEnhancedMonitoringOutput>(
  (input, context) => {
    const { stream, store } = findStream(context, input);
    const wanted = namedMetrics(input.ShardLevelMetrics);
    const metrics = [...new Set([...stream.metrics, ...wanted])];
    store.streams.put(stream.name, { ...stream, metrics });
    return {
      StreamName: stream.name,
      CurrentShardLevelMetrics: stream.metrics,
      DesiredShardLevelMetrics: metrics,
      StreamARN: stream.arn,
    };
  },
);
