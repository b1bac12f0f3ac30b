// The CloudFormation type AWS::Kinesis::Stream.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeStreamSummaryOutput, ListTagsForStreamOutput } from "../../../models/kinesis.d.ts";
import { numberIn, tagsOf, textIn } from "../rules/properties.ts";

type Call = (operation: string, input: Record<string, unknown>) => Promise<Record<string, unknown>>;
type Change = { readonly name: string; readonly wanted: Properties; readonly previous: Properties };

export const stream: ResourceType = {
  type: "AWS::Kinesis::Stream",
  properties: [
    "DesiredShardLevelMetrics",
    "MaxRecordSizeInKiB",
    "Name",
    "RetentionPeriodHours",
    "ShardCount",
    "StreamEncryption",
    "StreamModeDetails",
    "Tags",
    "WarmThroughputMiBps",
  ],
  async create(properties, context) {
    const name = textIn(properties, "Name") ?? context.physicalName(128);
    const shards = numberIn(properties, "ShardCount");
    const size = numberIn(properties, "MaxRecordSizeInKiB");
    const warm = numberIn(properties, "WarmThroughputMiBps");
    const tags = tagsOf(properties, context);
    await context.call("kinesis", "CreateStream", {
      StreamName: name,
      ...(shards === undefined ? {} : { ShardCount: shards }),
      ...(properties["StreamModeDetails"] === undefined ? {} : { StreamModeDetails: properties["StreamModeDetails"] }),
      ...(size === undefined ? {} : { MaxRecordSizeInKiB: size }),
      ...(warm === undefined ? {} : { WarmThroughputMiBps: warm }),
      ...(Object.keys(tags).length === 0 ? {} : { Tags: tags }),
    });
    await applySettings({ name, wanted: properties, previous: {} }, callOf(context));
    return stateOf(name, warm, context);
  },
  async update(state, properties, previous, context) {
    const change = { name: state.id, wanted: properties, previous };
    const call = callOf(context);
    await applyCapacity(change, arnOf(state.id, context), call);
    await applySettings(change, call);
    await applyTags(change, context);
    return stateOf(state.id, numberIn(properties, "WarmThroughputMiBps"), context);
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("kinesis", "DeleteStream", { StreamName: state.id }));
  },
  async read(id, context) {
    const summary = (await unlessGone(context.call("kinesis", "DescribeStreamSummary", { StreamName: id }))) as
      | DescribeStreamSummaryOutput
      | undefined;
    if (summary === undefined) return undefined;
    const { StreamDescriptionSummary: found } = summary;
    const { Tags } = (await context.call("kinesis", "ListTagsForStream", {
      StreamName: id,
    })) as unknown as ListTagsForStreamOutput;
    const provisioned = found.StreamModeDetails?.StreamMode === "PROVISIONED";
    return {
      Name: id,
      Arn: found.StreamARN,
      RetentionPeriodHours: found.RetentionPeriodHours,
      StreamModeDetails: found.StreamModeDetails,
      ...(provisioned ? { ShardCount: found.OpenShardCount } : {}),
      ...(found.EncryptionType === "KMS" ? { StreamEncryption: { EncryptionType: "KMS", KeyId: found.KeyId } } : {}),
      DesiredShardLevelMetrics: found.EnhancedMonitoring[0]?.ShardLevelMetrics ?? [],
      MaxRecordSizeInKiB: found.MaxRecordSizeInKiB,
      Tags,
    };
  },
};

function callOf(context: ResourceContext): Call {
  return (operation, input) => context.call("kinesis", operation, input);
}

function arnOf(name: string, { region, account }: ResourceContext): string {
  return `arn:aws:kinesis:${region}:${account}:stream/${name}`;
}

function stateOf(name: string, warm: number | undefined, context: ResourceContext): ResourceState {
  const warmth = warm === undefined ? {} : { WarmThroughputObject: { TargetMiBps: warm, CurrentMiBps: warm } };
  return { id: name, attributes: { Arn: arnOf(name, context), ...warmth } };
}

function modeOf(properties: Properties): string {
  const details = properties["StreamModeDetails"] as { readonly StreamMode?: string } | undefined;
  return details?.StreamMode ?? (properties["ShardCount"] === undefined ? "ON_DEMAND" : "PROVISIONED");
}

async function applyCapacity({ name, wanted, previous }: Change, arn: string, call: Call): Promise<void> {
  const mode = modeOf(wanted);
  if (mode !== modeOf(previous))
    await call("UpdateStreamMode", { StreamARN: arn, StreamModeDetails: { StreamMode: mode } });
  const shards = numberIn(wanted, "ShardCount");
  if (mode === "PROVISIONED" && shards !== undefined && shards !== numberIn(previous, "ShardCount"))
    await call("UpdateShardCount", { StreamName: name, TargetShardCount: shards, ScalingType: "UNIFORM_SCALING" });
  const warm = numberIn(wanted, "WarmThroughputMiBps");
  if (warm !== undefined && warm !== numberIn(previous, "WarmThroughputMiBps"))
    await call("UpdateStreamWarmThroughput", { StreamName: name, WarmThroughputMiBps: warm });
  const size = numberIn(wanted, "MaxRecordSizeInKiB") ?? 1024;
  if (size !== (numberIn(previous, "MaxRecordSizeInKiB") ?? 1024))
    await call("UpdateMaxRecordSize", { StreamARN: arn, MaxRecordSizeInKiB: size });
}

async function applySettings({ name: StreamName, wanted, previous }: Change, call: Call): Promise<void> {
  const hours = numberIn(wanted, "RetentionPeriodHours") ?? 24;
  const before = numberIn(previous, "RetentionPeriodHours") ?? 24;
  if (hours !== before)
    await call(`${hours > before ? "Increase" : "Decrease"}StreamRetentionPeriod`, {
      StreamName,
      RetentionPeriodHours: hours,
    });
  const encryption = wanted["StreamEncryption"] as Record<string, unknown> | undefined;
  const old = previous["StreamEncryption"] as Record<string, unknown> | undefined;
  if (encryption !== undefined && encryption["KeyId"] !== old?.["KeyId"])
    await call("StartStreamEncryption", { StreamName, ...encryption });
  else if (encryption === undefined && old !== undefined) await call("StopStreamEncryption", { StreamName, ...old });
  const metrics = metricsOf(wanted);
  const gone = metricsOf(previous).filter((metric) => !metrics.includes(metric));
  if (gone.length > 0) await call("DisableEnhancedMonitoring", { StreamName, ShardLevelMetrics: gone });
  if (metrics.length > 0) await call("EnableEnhancedMonitoring", { StreamName, ShardLevelMetrics: metrics });
}

function metricsOf(properties: Properties): readonly string[] {
  return (properties["DesiredShardLevelMetrics"] as readonly string[] | undefined) ?? [];
}

async function applyTags({ name: StreamName, wanted, previous }: Change, context: ResourceContext): Promise<void> {
  const tags = tagsOf(wanted, context);
  const gone = Object.keys(tagsOf(previous, context)).filter((key) => !Object.hasOwn(tags, key));
  if (gone.length > 0) await context.call("kinesis", "RemoveTagsFromStream", { StreamName, TagKeys: gone });
  if (Object.keys(tags).length > 0) await context.call("kinesis", "AddTagsToStream", { StreamName, Tags: tags });
}
