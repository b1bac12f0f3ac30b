// The words of AWS::DynamoDB::GlobalTable, turned into those of a table and its replicas.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { handlerFailure, type Properties, type ResourceContext } from "../../../cloud/resource.ts";
import { present } from "./table-properties.ts";

export type Json = Readonly<Record<string, unknown>>;

/** Settings of one replica that DynamoDB keeps in its region alone. */
const REGIONAL = [
  "PointInTimeRecoverySpecification",
  "DeletionProtectionEnabled",
  "ResourcePolicy",
  "Tags",
  "KinesisStreamSpecification",
];
const SHARED = [
  "TableName",
  "AttributeDefinitions",
  "KeySchema",
  "BillingMode",
  "LocalSecondaryIndexes",
  "TimeToLiveSpecification",
  "WarmThroughput",
];

export function replicas(properties: Properties): readonly Json[] {
  return (properties["Replicas"] ?? []) as readonly Json[];
}

/** Before anything is made: what is wrong or not emulated in any replica. */
export function checkReplicas(properties: Properties, context: ResourceContext): void {
  const all = replicas(properties);
  if (!all.some((replica) => replica["Region"] === context.region))
    throw handlerFailure("Invalid request provided: The Replicas section must contain an entry for the current region");
  if (
    all.length > 1 &&
    properties["StreamSpecification"] === undefined &&
    properties["MultiRegionConsistency"] !== "STRONG"
  )
    throw handlerFailure(
      "Invalid request provided: StreamSpecification must be specified when there is more than one replica",
    );
  for (const replica of all) {
    if (replica["GlobalTableSettingsReplicationMode"] !== undefined)
      throw notEmulated("GlobalTableSettingsReplicationMode of a replica of AWS::DynamoDB::GlobalTable");
    if ((replica["ReplicaStreamSpecification"] as Json | undefined)?.["Tags"] !== undefined)
      throw notEmulated("tags of streams of AWS::DynamoDB::GlobalTable");
  }
}

/** Units of autoscaled capacity: what it starts with. */
function scaled(settings: unknown): unknown {
  const { SeedCapacity, MinCapacity } = (settings ?? {}) as Json;
  return SeedCapacity ?? MinCapacity;
}

export function readUnits(settings: unknown): number | undefined {
  const { ReadCapacityUnits, ReadCapacityAutoScalingSettings } = (settings ?? {}) as Json;
  return number(ReadCapacityUnits ?? scaled(ReadCapacityAutoScalingSettings));
}

function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function units(write: unknown, read: unknown): Json | undefined {
  const { WriteCapacityUnits, WriteCapacityAutoScalingSettings } = (write ?? {}) as Json;
  const found = {
    ReadCapacityUnits: readUnits(read),
    WriteCapacityUnits: number(WriteCapacityUnits ?? scaled(WriteCapacityAutoScalingSettings)),
  };
  return found.ReadCapacityUnits === undefined && found.WriteCapacityUnits === undefined ? undefined : found;
}

function onDemand(write: unknown, read: unknown): Json | undefined {
  const both = { ...(write as Json | undefined), ...(read as Json | undefined) };
  return Object.keys(both).length === 0
    ? undefined
    : Object.fromEntries(Object.entries(both).map(([name, value]) => [name, number(value)]));
}

/** Reads are set by the replica, writes by the table. */
function capacityOf(table: Json, replica: Json | undefined): Json {
  const read = (name: string): unknown => replica?.[name] ?? table[name];
  return {
    ProvisionedThroughput: units(
      table["WriteProvisionedThroughputSettings"],
      read("ReadProvisionedThroughputSettings"),
    ),
    OnDemandThroughput: onDemand(table["WriteOnDemandThroughputSettings"], read("ReadOnDemandThroughputSettings")),
  };
}

export function byName(indexes: unknown): ReadonlyMap<unknown, Json> {
  return new Map(((indexes ?? []) as readonly Json[]).map((index) => [index["IndexName"], index]));
}

function indexesOf(properties: Properties, replica: Json): Json[] | undefined {
  const own = byName(replica["GlobalSecondaryIndexes"]);
  return (properties["GlobalSecondaryIndexes"] as readonly Json[] | undefined)?.map((index) => {
    const { IndexName, KeySchema, Projection, WarmThroughput } = index;
    const { ContributorInsightsSpecification } = own.get(IndexName) ?? {};
    const shape = { IndexName, KeySchema, Projection, WarmThroughput, ContributorInsightsSpecification };
    return present({ ...shape, ...capacityOf(index, own.get(IndexName)) });
  });
}

/** The properties of AWS::DynamoDB::Table that make a replica's table. */
export function asTable(properties: Properties, region: string): Properties {
  const replica = replicas(properties).find((each) => each["Region"] === region) ?? {};
  const stream = properties["StreamSpecification"] as Json | undefined;
  const sse = properties["SSESpecification"] as Json | undefined;
  const { ResourcePolicy } = (replica["ReplicaStreamSpecification"] ?? {}) as Json;
  const { KMSMasterKeyId } = (replica["SSESpecification"] ?? {}) as Json;
  return present({
    ...Object.fromEntries(SHARED.map((name) => [name, properties[name]])),
    ...Object.fromEntries(
      [...REGIONAL, "TableClass", "ContributorInsightsSpecification"].map((name) => [name, replica[name]]),
    ),
    ...capacityOf(properties, replica),
    GlobalSecondaryIndexes: indexesOf(properties, replica),
    StreamSpecification: stream === undefined ? undefined : present({ ...stream, ResourcePolicy }),
    SSESpecification: sse === undefined ? undefined : present({ ...sse, KMSMasterKeyId }),
  });
}

/** What is done to a replica's table in its own region. */
export function regional(replica: Json | undefined, stream: unknown): Properties {
  if (replica === undefined) return { StreamSpecification: stream ?? {} };
  const { ResourcePolicy } = (replica["ReplicaStreamSpecification"] ?? {}) as Json;
  return present({
    ...Object.fromEntries(REGIONAL.map((name) => [name, replica[name]])),
    StreamSpecification: present({ ...(stream as Json | undefined), ResourcePolicy }),
  });
}

/** A table with the same items on demand: replicas are not added to fixed writes. */
export function withoutUnits(table: Properties): Properties {
  const indexes = table["GlobalSecondaryIndexes"] as readonly Json[] | undefined;
  return present({
    ...table,
    BillingMode: "PAY_PER_REQUEST",
    ProvisionedThroughput: undefined,
    GlobalSecondaryIndexes: indexes?.map((index) => present({ ...index, ProvisionedThroughput: undefined })),
  });
}

export function isProvisioned(properties: Properties): boolean {
  return properties["BillingMode"] !== "PAY_PER_REQUEST";
}
