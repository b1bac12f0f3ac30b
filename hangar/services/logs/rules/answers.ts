// Rows as the API answers them.

import type {
  LogGroup,
  LogStream,
  MetricFilter as MetricFilterAnswer,
  SubscriptionFilter as SubscriptionFilterAnswer,
} from "../../../models/logs.d.ts";
import type { Group, MetricFilter, Stream, SubscriptionFilter } from "../store.ts";

export function groupAnswer(group: Group, metricFilterCount: number): LogGroup {
  return {
    logGroupName: group.name,
    creationTime: group.created,
    ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
    metricFilterCount,
    arn: `${group.arn}:*`,
    storedBytes: group.storedBytes,
    ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
    logGroupClass: group.class,
    logGroupArn: group.arn,
    deletionProtectionEnabled: group.deletionProtection,
  };
}

export function streamAnswer(stream: Stream): LogStream {
  return {
    logStreamName: stream.name,
    creationTime: stream.created,
    ...(stream.firstEvent === undefined ? {} : { firstEventTimestamp: stream.firstEvent }),
    ...(stream.lastEvent === undefined ? {} : { lastEventTimestamp: stream.lastEvent }),
    ...(stream.lastIngestion === undefined ? {} : { lastIngestionTime: stream.lastIngestion }),
    ...(stream.sequenceToken === undefined ? {} : { uploadSequenceToken: stream.sequenceToken }),
    arn: stream.arn,
    // AWS has answered 0 here since 2019.
    storedBytes: 0,
  };
}

export function subscriptionFilterAnswer(filter: SubscriptionFilter): SubscriptionFilterAnswer {
  return {
    filterName: filter.name,
    logGroupName: filter.group,
    filterPattern: filter.pattern,
    destinationArn: filter.destinationArn,
    ...(filter.roleArn === undefined ? {} : { roleArn: filter.roleArn }),
    distribution: filter.distribution,
    applyOnTransformedLogs: false,
    creationTime: filter.created,
  };
}

export function metricFilterAnswer(filter: MetricFilter): MetricFilterAnswer {
  return {
    filterName: filter.name,
    filterPattern: filter.pattern,
    metricTransformations: filter.transformations,
    creationTime: filter.created,
    logGroupName: filter.group,
    applyOnTransformedLogs: false,
  };
}
