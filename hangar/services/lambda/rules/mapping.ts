// Event source mappings: what is refused, what is assumed, and the answer.

import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  FilterCriteria,
} from "../../../models/lambda.d.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { invalidParameter, notFound } from "../errors.ts";
import type { LambdaContext, MappingRow } from "../store.ts";
import { isPattern } from "./filter-pattern.ts";

export type SourceKind = "queue" | "stream";

/** By the ARN's service; Kafka, MQ and DocumentDB are not emulated. */
export function sourceKind(arn: string | undefined): SourceKind {
  const service = parseArn(arn ?? "")?.service;
  if (service === "sqs") return "queue";
  if (service === "dynamodb" || service === "kinesis") return "stream";
  if (service === "kafka" || service === "mq" || service === "rds")
    throw notEmulated(
      `event source mappings of ${service}`,
      "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
    );
  throw invalidParameter("Unrecognized event source.");
}

/** The source may be a stream's consumer with enhanced fan-out: `<stream>/consumer/<name>:<time>`. */
export function streamOf(arn: string): string {
  return arn.split("/consumer/")[0] ?? arn;
}

/** The topic the source wakes when something may be there. */
export function topicOf(mapping: { readonly EventSourceArn?: string | undefined }): string {
  const arn = mapping.EventSourceArn ?? "";
  return sourceKind(arn) === "queue" ? `sqs:${arn}` : `stream:${streamOf(arn)}`;
}

export function checkBatching(kind: SourceKind, batchSize: number, windowSeconds: number, arn: string): void {
  if (kind !== "queue") return;
  if (batchSize > 10 && windowSeconds === 0)
    throw invalidParameter(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
  if (arn.endsWith(".fifo") && windowSeconds > 0)
    throw invalidParameter("Batching window is not supported for FIFO queues.");
  if (arn.endsWith(".fifo") && batchSize > 10) throw invalidParameter("Maximum batch size for FIFO queues is 10.");
}

type Options = Omit<Partial<CreateEventSourceMappingRequest>, "FunctionName">;

const STREAMS_ONLY = [
  "StartingPosition",
  "StartingPositionTimestamp",
  "ParallelizationFactor",
  "DestinationConfig",
  "MaximumRecordAgeInSeconds",
  "BisectBatchOnFunctionError",
  "MaximumRetryAttempts",
  "TumblingWindowInSeconds",
] as const;
const QUEUES_ONLY = ["ScalingConfig", "ProvisionedPollerConfig"] as const;
/** Of sources that are not emulated: Kafka, MQ and DocumentDB. */
const OTHERS_ONLY = [
  "AmazonManagedKafkaEventSourceConfig",
  "DocumentDBEventSourceConfig",
  "LoggingConfig",
  "Queues",
  "SelfManagedKafkaEventSourceConfig",
  "SourceAccessConfigurations",
  "Topics",
] as const;

/** Lowest age limit of records, in seconds, where there is one. */
const LOWEST_AGE = 60;

/** What a kind of source has no use for, and values that the model allows but Lambda does not. */
export function checkOptions(kind: SourceKind, input: Options): void {
  for (const name of [...(kind === "queue" ? STREAMS_ONLY : QUEUES_ONLY), ...OTHERS_ONLY])
    if (input[name] !== undefined)
      throw invalidParameter(`Unsupported ${name} parameter for given event source mapping type.`);
  const age = input.MaximumRecordAgeInSeconds ?? -1;
  if (age !== -1 && age < LOWEST_AGE)
    throw invalidParameter(`MaximumRecordAgeInSeconds must be -1 or between ${LOWEST_AGE} and 604800.`);
  const { OnFailure, OnSuccess } = input.DestinationConfig ?? {};
  const destination = OnFailure?.Destination ?? "";
  const known = destination === "" || /^arn:[^:]+:(sqs|sns|s3):/.test(destination);
  if (!known || OnSuccess !== undefined)
    throw invalidParameter(
      `The provided destination config DestinationConfig(onSuccess=${OnSuccess === undefined ? "null" : `OnSuccess(destination=${OnSuccess.Destination})`}, onFailure=OnFailure(destination=${destination})) is invalid.`,
    );
}

export function checkFilters(criteria: FilterCriteria | undefined): void {
  for (const filter of criteria?.Filters ?? [])
    if (filter.Pattern !== undefined && !isPattern(filter.Pattern))
      throw invalidParameter("Invalid filter pattern definition.");
}

export function patternsOf(mapping: MappingRow): string[] {
  return (mapping.FilterCriteria?.Filters ?? []).flatMap((filter) =>
    filter.Pattern === undefined ? [] : [filter.Pattern],
  );
}

export function mappingArn(context: LambdaContext, uuid: string): string {
  return `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${uuid}`;
}

export function presentMapping(context: LambdaContext, uuid: string): MappingRow {
  const row = context.store.mappings.get(uuid);
  if (row === undefined) throw notFound("The resource you requested does not exist.");
  return row;
}

/** `state` is what a change answers (`Creating`, `Updating` …). */
export function mappingAnswer(row: MappingRow, state?: string): EventSourceMappingConfiguration {
  const {
    functionName: _name,
    qualifier: _qualifier,
    enabled,
    modifiedAt,
    startingAt,
    createdAt: _created,
    destination,
    tags: _tags,
    ...rest
  } = row;
  return {
    ...rest,
    LastModified: new Date(modifiedAt),
    ...(startingAt === undefined ? {} : { StartingPositionTimestamp: new Date(startingAt) }),
    ...(destination === undefined ? {} : { DestinationConfig: destination }),
    State: state ?? (enabled ? "Enabled" : "Disabled"),
  };
}
