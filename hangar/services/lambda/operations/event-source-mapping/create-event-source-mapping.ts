// Has Lambda poll a queue or stream for a function. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CreateEventSourceMappingRequest, EventSourceMappingConfiguration } from "../../../../models/lambda.d.ts";
import { checkSource } from "../../rules/check-source.ts";
import { conflict, invalidParameter } from "../../errors.ts";
import { versionAt } from "../../rules/find.ts";
import { functionArn, resolveReference } from "../../rules/function-name.ts";
import {
  checkBatching,
  checkFilters,
  checkOptions,
  mappingAnswer,
  mappingArn,
  sourceKind,
  type SourceKind,
} from "../../rules/mapping.ts";
import { isKinesis } from "../../rules/stream-source.ts";
import { startPolling } from "../../rules/polling.ts";
import { operation, type LambdaContext, type MappingRow } from "../../store.ts";

export const createEventSourceMapping = operation<CreateEventSourceMappingRequest, EventSourceMappingConfiguration>(
  async (input, context) => {
    refuseUnknown(input);
    const kind = sourceKind(input.EventSourceArn);
    const arn = input.EventSourceArn ?? "";
    const { name, qualifier } = resolveReference(input.FunctionName, undefined, context);
    if (kind === "stream") checkPosition(input, arn, context.clock.now());
    checkOptions(kind, input);
    checkBatching(kind, input.BatchSize ?? 10, input.MaximumBatchingWindowInSeconds ?? 0, arn);
    checkFilters(input.FilterCriteria);
    const version = versionAt(context.store, name, qualifier)?.version;
    if (version === undefined) throw invalidParameter("Function does not exist");
    await checkSource(context, kind, arn, version);
    refuseTwice(context, kind, arn, { name, qualifier });
    const row = newMapping(input, context, kind, { name, qualifier });
    context.store.mappings.put(row.UUID, row);
    if (row.enabled) await startPolling(context, row);
    return mappingAnswer(row, row.enabled ? "Creating" : "Disabled");
  },
);

function refuseUnknown(input: CreateEventSourceMappingRequest): void {
  if (input.SelfManagedEventSource !== undefined)
    throw notEmulated("self-managed Kafka as an event source (SelfManagedEventSource)");
}

function checkPosition(input: CreateEventSourceMappingRequest, arn: string, now: number): void {
  if (input.StartingPosition === undefined)
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  if (input.StartingPosition !== "AT_TIMESTAMP") return;
  if (!isKinesis(arn)) throw invalidParameter(`Unsupported starting position for arn type: ${arn}`);
  if (input.StartingPositionTimestamp === undefined)
    throw invalidParameter("StartingPositionTimestamp must be specified with StartingPosition AT_TIMESTAMP.");
  if (input.StartingPositionTimestamp.getTime() > now)
    throw invalidParameter("StartingPositionTimestamp cannot be in the future.");
}

function refuseTwice(
  context: LambdaContext,
  kind: SourceKind,
  arn: string,
  target: { readonly name: string; readonly qualifier: string | undefined },
): void {
  const { name, qualifier } = target;
  for (const row of context.store.mappings.rows()) {
    if (row.EventSourceArn !== arn || row.functionName !== name || row.qualifier !== qualifier) continue;
    throw conflict(
      kind === "queue"
        ? `An event source mapping with SQS arn (" ${arn} ") and function (" ${name} ") already exists. Please update or delete the existing mapping with UUID ${row.UUID}`
        : `The event source arn (" ${arn} ") and function (" ${name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${row.UUID}`,
    );
  }
}

function newMapping(
  input: CreateEventSourceMappingRequest,
  context: LambdaContext,
  kind: SourceKind,
  target: { readonly name: string; readonly qualifier: string | undefined },
): MappingRow {
  const uuid = context.ids.uuid();
  const now = context.clock.now();
  return {
    UUID: uuid,
    EventSourceMappingArn: mappingArn(context, uuid),
    EventSourceArn: input.EventSourceArn,
    FunctionArn: functionArn(context, target.name, target.qualifier),
    BatchSize: input.BatchSize ?? (kind === "queue" ? 10 : 100),
    MaximumBatchingWindowInSeconds: input.MaximumBatchingWindowInSeconds ?? 0,
    FunctionResponseTypes: input.FunctionResponseTypes ?? [],
    StateTransitionReason: kind === "queue" ? "USER_INITIATED" : "User action",
    ...((input.FilterCriteria?.Filters ?? []).length === 0 ? {} : { FilterCriteria: input.FilterCriteria }),
    ...(input.ScalingConfig === undefined ? {} : { ScalingConfig: input.ScalingConfig }),
    ...(input.ProvisionedPollerConfig === undefined ? {} : { ProvisionedPollerConfig: input.ProvisionedPollerConfig }),
    ...(input.KMSKeyArn === undefined ? {} : { KMSKeyArn: input.KMSKeyArn }),
    ...(input.MetricsConfig === undefined ? {} : { MetricsConfig: input.MetricsConfig }),
    ...(kind === "queue" ? {} : streamParts(input)),
    functionName: target.name,
    qualifier: target.qualifier,
    enabled: input.Enabled ?? true,
    modifiedAt: now,
    createdAt: now,
    startingAt: input.StartingPositionTimestamp?.getTime(),
    destination: kind === "queue" ? input.DestinationConfig : (input.DestinationConfig ?? { OnFailure: {} }),
    tags: input.Tags ?? {},
  };
}

function streamParts(input: CreateEventSourceMappingRequest): Partial<MappingRow> {
  return {
    StartingPosition: input.StartingPosition,
    ParallelizationFactor: input.ParallelizationFactor ?? 1,
    MaximumRecordAgeInSeconds: input.MaximumRecordAgeInSeconds ?? -1,
    BisectBatchOnFunctionError: input.BisectBatchOnFunctionError ?? false,
    MaximumRetryAttempts: input.MaximumRetryAttempts ?? -1,
    TumblingWindowInSeconds: input.TumblingWindowInSeconds ?? 0,
    LastProcessingResult: "No records processed",
  };
}
