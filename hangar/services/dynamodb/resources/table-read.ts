// A table as it is now, in CloudFormation's words.

import type { Properties } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { present } from "./table-properties.ts";

type Json = Readonly<Record<string, unknown>>;
type Call = (operation: string, input: Json) => Promise<Json>;

export async function readTable(TableName: string, call: Call): Promise<Properties> {
  const { Table } = await call("DescribeTable", { TableName });
  const description = Table as Json;
  const ResourceArn = String(description["TableArn"]);
  const { TimeToLiveDescription } = await call("DescribeTimeToLive", { TableName });
  const { ContinuousBackupsDescription } = await call("DescribeContinuousBackups", { TableName });
  return present({
    ...described(description),
    TimeToLiveSpecification: expiry(TimeToLiveDescription as Json),
    PointInTimeRecoverySpecification: recovery(ContinuousBackupsDescription as Json),
    KinesisStreamSpecification: await kinesisOf(TableName, call),
    Tags: await tagsOf(ResourceArn, call),
    ResourcePolicy: await policyOf(ResourceArn, call),
  });
}

function described(description: Json): Json {
  const { TableName, AttributeDefinitions, KeySchema, DeletionProtectionEnabled, OnDemandThroughput } = description;
  const summary = (name: string): Json => (description[name] ?? {}) as Json;
  const stream = description["StreamSpecification"] as Json | undefined;
  const onDemand = summary("BillingModeSummary")["BillingMode"] === "PAY_PER_REQUEST";
  const indexes = (name: string): readonly Json[] | undefined =>
    (description[name] as readonly Json[] | undefined)?.map((each) => indexOf(each, onDemand));
  return {
    TableName,
    AttributeDefinitions,
    KeySchema,
    DeletionProtectionEnabled,
    BillingMode: onDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
    ProvisionedThroughput: onDemand ? undefined : unitsOf(description["ProvisionedThroughput"]),
    OnDemandThroughput,
    TableClass: summary("TableClassSummary")["TableClass"] ?? "STANDARD",
    StreamSpecification: stream === undefined ? undefined : { StreamViewType: stream["StreamViewType"] },
    LocalSecondaryIndexes: indexes("LocalSecondaryIndexes"),
    GlobalSecondaryIndexes: indexes("GlobalSecondaryIndexes"),
  };
}

function indexOf(description: Json, onDemand: boolean): Json {
  const { IndexName, KeySchema, Projection, ProvisionedThroughput, OnDemandThroughput, WarmThroughput } = description;
  const { ReadUnitsPerSecond, WriteUnitsPerSecond } = (WarmThroughput ?? {}) as Json;
  return present({
    IndexName,
    KeySchema,
    Projection: present(Projection as Json),
    ProvisionedThroughput: onDemand || ProvisionedThroughput === undefined ? undefined : unitsOf(ProvisionedThroughput),
    OnDemandThroughput,
    WarmThroughput: WarmThroughput === undefined ? undefined : { ReadUnitsPerSecond, WriteUnitsPerSecond },
  });
}

function unitsOf(throughput: unknown): Json {
  const { ReadCapacityUnits, WriteCapacityUnits } = throughput as Json;
  return { ReadCapacityUnits, WriteCapacityUnits };
}

function expiry({ TimeToLiveStatus, AttributeName }: Json): Json | undefined {
  return TimeToLiveStatus === "ENABLED" || TimeToLiveStatus === "ENABLING"
    ? { AttributeName, Enabled: true }
    : undefined;
}

function recovery({ PointInTimeRecoveryDescription }: Json): Json {
  const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } = (PointInTimeRecoveryDescription ?? {}) as Json;
  const enabled = PointInTimeRecoveryStatus === "ENABLED";
  return present({
    PointInTimeRecoveryEnabled: enabled,
    RecoveryPeriodInDays: enabled ? RecoveryPeriodInDays : undefined,
  });
}

async function kinesisOf(TableName: string, call: Call): Promise<Json | undefined> {
  const { KinesisDataStreamDestinations: all } = await call("DescribeKinesisStreamingDestination", { TableName });
  const live = (all as readonly Json[]).find((each) => each["DestinationStatus"] === "ACTIVE");
  if (live === undefined) return undefined;
  const { StreamArn, ApproximateCreationDateTimePrecision } = live;
  return present({ StreamArn, ApproximateCreationDateTimePrecision });
}

async function tagsOf(ResourceArn: string, call: Call): Promise<readonly Json[]> {
  const tags: Json[] = [];
  for (let NextToken: unknown; ;) {
    const page = await call("ListTagsOfResource", present({ ResourceArn, NextToken }));
    tags.push(...((page["Tags"] ?? []) as readonly Json[]));
    NextToken = page["NextToken"];
    if (NextToken === undefined) return tags;
  }
}

async function policyOf(ResourceArn: string, call: Call): Promise<Json | undefined> {
  const found = await unlessGone(call("GetResourcePolicy", { ResourceArn }), "PolicyNotFoundException");
  return found && { PolicyDocument: JSON.parse(String(found["Policy"])) as unknown };
}
