// The CloudFormation type AWS::Lambda::EventSourceMapping.

import type { Properties, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { setTags, tagsOf } from "../rules/resource-tags.ts";
import { list, members, optionalBoolean, optionalNumber, present, text } from "../rules/property-values.ts";

export const eventSourceMapping: ResourceType = {
  type: "AWS::Lambda::EventSourceMapping",
  properties: [
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "Enabled",
    "EventSourceArn",
    "FilterCriteria",
    "FunctionName",
    "FunctionResponseTypes",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "ScalingConfig",
    "StartingPosition",
    "StartingPositionTimestamp",
    "Tags",
    "TumblingWindowInSeconds",
  ],
  inert: {
    KmsKeyArn: "kept and answered; filters are not encrypted",
    MetricsConfig: "kept and answered",
    ProvisionedPollerConfig: "kept and answered; a queue is polled as often as its messages need",
  },
  async create(properties, context) {
    const timestamp = optionalNumber(properties["StartingPositionTimestamp"]);
    const answer = await context.call(
      "lambda",
      "CreateEventSourceMapping",
      present({
        ...input(properties),
        EventSourceArn: properties["EventSourceArn"],
        StartingPosition: properties["StartingPosition"],
        StartingPositionTimestamp: timestamp === undefined ? undefined : new Date(timestamp * 1000),
        Tags: tagsOf(properties, context),
      }),
    );
    return stateOf(answer);
  },
  async update(state, properties, _previous, context) {
    const answer = await context.call("lambda", "UpdateEventSourceMapping", {
      FilterCriteria: { Filters: [] },
      ...input(properties),
      UUID: state.id,
    });
    await setTags(text(answer["EventSourceMappingArn"]), properties, context);
    return stateOf(answer);
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("lambda", "DeleteEventSourceMapping", { UUID: state.id }));
  },
  async read(id, context) {
    const answer = await unlessGone(context.call("lambda", "GetEventSourceMapping", { UUID: id }));
    if (answer === undefined) return undefined;
    const {
      EventSourceArn,
      BatchSize,
      FilterCriteria,
      MaximumBatchingWindowInSeconds,
      StartingPosition,
      FunctionResponseTypes,
    } = answer;
    return present({
      EventSourceArn,
      FunctionName: answer["FunctionArn"],
      BatchSize,
      FilterCriteria,
      MaximumBatchingWindowInSeconds,
      StartingPosition,
      FunctionResponseTypes,
      Enabled: answer["State"] === "Enabled",
    });
  },
};

function input(properties: Properties): Record<string, unknown> {
  const concurrency = optionalNumber(members(properties["ScalingConfig"])["MaximumConcurrency"]);
  return present({
    FunctionName: properties["FunctionName"],
    Enabled: optionalBoolean(properties["Enabled"]),
    BatchSize: optionalNumber(properties["BatchSize"]),
    FilterCriteria: properties["FilterCriteria"],
    MaximumBatchingWindowInSeconds: optionalNumber(properties["MaximumBatchingWindowInSeconds"]),
    ParallelizationFactor: optionalNumber(properties["ParallelizationFactor"]),
    DestinationConfig: properties["DestinationConfig"],
    MaximumRecordAgeInSeconds: optionalNumber(properties["MaximumRecordAgeInSeconds"]),
    BisectBatchOnFunctionError: optionalBoolean(properties["BisectBatchOnFunctionError"]),
    MaximumRetryAttempts: optionalNumber(properties["MaximumRetryAttempts"]),
    TumblingWindowInSeconds: optionalNumber(properties["TumblingWindowInSeconds"]),
    FunctionResponseTypes: list(properties["FunctionResponseTypes"]),
    ScalingConfig: properties["ScalingConfig"] === undefined ? undefined : present({ MaximumConcurrency: concurrency }),
    KMSKeyArn: properties["KmsKeyArn"],
    MetricsConfig: properties["MetricsConfig"],
    ProvisionedPollerConfig: pollers(properties),
  });
}

function pollers(properties: Properties): Record<string, unknown> | undefined {
  if (properties["ProvisionedPollerConfig"] === undefined) return undefined;
  const { MinimumPollers, MaximumPollers, PollerGroupName } = members(properties["ProvisionedPollerConfig"]);
  return present({
    PollerGroupName,
    MinimumPollers: optionalNumber(MinimumPollers),
    MaximumPollers: optionalNumber(MaximumPollers),
  });
}

function stateOf(answer: Properties): ResourceState {
  const id = text(answer["UUID"]);
  return { id, attributes: { Id: id, EventSourceMappingArn: answer["EventSourceMappingArn"] } };
}
