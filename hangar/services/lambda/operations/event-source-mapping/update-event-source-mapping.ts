// Changes a mapping, or turns it off and on. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html

import type { EventSourceMappingConfiguration, UpdateEventSourceMappingRequest } from "../../../../models/lambda.d.ts";
import { invalidParameter } from "../../errors.ts";
import { versionAt } from "../../rules/find.ts";
import { functionArn, resolveReference } from "../../rules/function-name.ts";
import {
  checkBatching,
  checkFilters,
  checkOptions,
  mappingAnswer,
  presentMapping,
  sourceKind,
} from "../../rules/mapping.ts";
import { relane, startPolling, stopPolling } from "../../rules/polling.ts";
import { operation, type LambdaContext, type MappingRow } from "../../store.ts";

export const updateEventSourceMapping = operation<UpdateEventSourceMappingRequest, EventSourceMappingConfiguration>(
  async (input, context) => {
    const present = presentMapping(context, input.UUID);
    const kind = sourceKind(present.EventSourceArn);
    const row = changedMapping(input, present, context);
    checkOptions(kind, input);
    checkBatching(kind, row.BatchSize ?? 10, row.MaximumBatchingWindowInSeconds ?? 0, row.EventSourceArn ?? "");
    checkFilters(input.FilterCriteria);
    context.store.mappings.put(row.UUID, row);
    if (row.ParallelizationFactor !== present.ParallelizationFactor) relane(context, row);
    if (row.enabled) await startPolling(context, row);
    else stopPolling(context, row);
    return mappingAnswer(row, row.enabled === present.enabled ? "Updating" : row.enabled ? "Enabling" : "Disabling");
  },
);

function changedMapping(
  input: UpdateEventSourceMappingRequest,
  present: MappingRow,
  context: LambdaContext,
): MappingRow {
  const target =
    input.FunctionName === undefined ? undefined : resolveReference(input.FunctionName, undefined, context);
  if (target !== undefined && versionAt(context.store, target.name, target.qualifier) === undefined)
    throw invalidParameter("Function does not exist");
  const noFilters = input.FilterCriteria !== undefined && (input.FilterCriteria.Filters ?? []).length === 0;
  return {
    ...present,
    ...(target === undefined
      ? {}
      : {
          functionName: target.name,
          qualifier: target.qualifier,
          FunctionArn: functionArn(context, target.name, target.qualifier),
        }),
    enabled: input.Enabled ?? present.enabled,
    BatchSize: input.BatchSize ?? present.BatchSize,
    MaximumBatchingWindowInSeconds: input.MaximumBatchingWindowInSeconds ?? present.MaximumBatchingWindowInSeconds,
    FunctionResponseTypes: input.FunctionResponseTypes ?? present.FunctionResponseTypes,
    FilterCriteria: noFilters ? undefined : (input.FilterCriteria ?? present.FilterCriteria),
    KMSKeyArn: input.KMSKeyArn ?? present.KMSKeyArn,
    MetricsConfig: input.MetricsConfig ?? present.MetricsConfig,
    ProvisionedPollerConfig: input.ProvisionedPollerConfig ?? present.ProvisionedPollerConfig,
    ScalingConfig: input.ScalingConfig ?? present.ScalingConfig,
    ParallelizationFactor: input.ParallelizationFactor ?? present.ParallelizationFactor,
    MaximumRecordAgeInSeconds: input.MaximumRecordAgeInSeconds ?? present.MaximumRecordAgeInSeconds,
    BisectBatchOnFunctionError: input.BisectBatchOnFunctionError ?? present.BisectBatchOnFunctionError,
    MaximumRetryAttempts: input.MaximumRetryAttempts ?? present.MaximumRetryAttempts,
    TumblingWindowInSeconds: input.TumblingWindowInSeconds ?? present.TumblingWindowInSeconds,
    destination: input.DestinationConfig ?? present.destination,
    modifiedAt: context.clock.now(),
  };
}
