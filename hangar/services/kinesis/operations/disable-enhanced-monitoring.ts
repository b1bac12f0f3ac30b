// Turns shard-level metrics off. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DisableEnhancedMonitoring.html

import type { DisableEnhancedMonitoringInput, DisableEnhancedMonitoringOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { namedMetrics } from "../rules/metrics.ts";
import { operation } from "../store.ts";

export const disableEnhancedMonitoring = operation<DisableEnhancedMonitoringInput, DisableEnhancedMonitoringOutput>(
  (input, context) => {
    const { stream, store } = findStream(context, input);
    const wanted = namedMetrics(input.ShardLevelMetrics);
    const metrics = stream.metrics.filter((name) => !wanted.includes(name));
    store.streams.put(stream.name, { ...stream, metrics });
    return {
      StreamName: stream.name,
      CurrentShardLevelMetrics: stream.metrics,
      DesiredShardLevelMetrics: metrics,
      StreamARN: stream.arn,
    };
  },
);
