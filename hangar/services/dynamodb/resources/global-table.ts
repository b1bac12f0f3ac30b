// AWS::DynamoDB::GlobalTable with one replica, in this region: a table (the CDK's TableV2 makes these).

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { applyChanges } from "./table-changes.ts";
import { createTableResource, deleteTableResource, describeState, table } from "./table.ts";
import { present } from "./table-properties.ts";

type Json = Readonly<Record<string, unknown>>;

/** Units of autoscaled capacity: what it starts with. */
function scaled(settings: unknown): unknown {
  const { SeedCapacity, MinCapacity } = (settings ?? {}) as Json;
  return SeedCapacity ?? MinCapacity;
}

function units(write: unknown, read: unknown): Json | undefined {
  const { WriteCapacityUnits, WriteCapacityAutoScalingSettings } = (write ?? {}) as Json;
  const { ReadCapacityUnits, ReadCapacityAutoScalingSettings } = (read ?? {}) as Json;
  const found = {
    ReadCapacityUnits: ReadCapacityUnits ?? scaled(ReadCapacityAutoScalingSettings),
    WriteCapacityUnits: WriteCapacityUnits ?? scaled(WriteCapacityAutoScalingSettings),
  };
  return found.ReadCapacityUnits === undefined && found.WriteCapacityUnits === undefined ? undefined : found;
}

function onDemand(write: unknown, read: unknown): Json | undefined {
  const both = { ...(write as Json | undefined), ...(read as Json | undefined) };
  return Object.keys(both).length === 0 ? undefined : both;
}

function replicaOf(properties: Properties, context: ResourceContext): Json {
  const replicas = (properties["Replicas"] ?? []) as readonly Json[];
  const [replica] = replicas;
  if (replica === undefined || replicas.length !== 1 || replica["Region"] !== context.region) {
    throw notEmulated("replicas of DynamoDB tables in other regions (global tables)");
  }
  const unknown = ["KinesisStreamSpecification", "GlobalTableSettingsReplicationMode"].find(
    (name) => replica[name] !== undefined,
  );
  if (unknown !== undefined) throw notEmulated(`${unknown} of a replica of AWS::DynamoDB::GlobalTable`);
  return replica;
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

function indexesOf(properties: Properties, replica: Json): Json[] | undefined {
  const own = new Map(
    ((replica["GlobalSecondaryIndexes"] ?? []) as readonly Json[]).map((index) => [index["IndexName"], index]),
  );
  return (properties["GlobalSecondaryIndexes"] as readonly Json[] | undefined)?.map((index) => {
    const { IndexName, KeySchema, Projection, WarmThroughput } = index;
    const { ContributorInsightsSpecification } = own.get(IndexName) ?? {};
    return present({
      IndexName,
      KeySchema,
      Projection,
      WarmThroughput,
      ContributorInsightsSpecification,
      ...capacityOf(index, own.get(IndexName)),
    });
  });
}

const SHARED = [
  "TableName",
  "AttributeDefinitions",
  "KeySchema",
  "BillingMode",
  "LocalSecondaryIndexes",
  "TimeToLiveSpecification",
  "WarmThroughput",
];
const REPLICATED = [
  "PointInTimeRecoverySpecification",
  "ContributorInsightsSpecification",
  "TableClass",
  "DeletionProtectionEnabled",
  "ResourcePolicy",
  "Tags",
];

/** The properties of AWS::DynamoDB::Table that come to the same. */
function asTable(properties: Properties, context: ResourceContext): Properties {
  const replica = replicaOf(properties, context);
  const stream = properties["StreamSpecification"] as Json | undefined;
  const sse = properties["SSESpecification"] as Json | undefined;
  const { ResourcePolicy } = (replica["ReplicaStreamSpecification"] ?? {}) as Json;
  const { KMSMasterKeyId } = (replica["SSESpecification"] ?? {}) as Json;
  return present({
    ...Object.fromEntries(SHARED.map((name) => [name, properties[name]])),
    ...Object.fromEntries(REPLICATED.map((name) => [name, replica[name]])),
    ...capacityOf(properties, replica),
    GlobalSecondaryIndexes: indexesOf(properties, replica),
    StreamSpecification: stream === undefined ? undefined : present({ ...stream, ResourcePolicy }),
    SSESpecification: sse === undefined ? undefined : present({ ...sse, KMSMasterKeyId }),
  });
}

export const globalTable: ResourceType = {
  type: "AWS::DynamoDB::GlobalTable",
  properties: [
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
    "SSESpecification",
    "TimeToLiveSpecification",
    "WarmThroughput",
    "WriteProvisionedThroughputSettings",
    "WriteOnDemandThroughputSettings",
    "ReadProvisionedThroughputSettings",
    "ReadOnDemandThroughputSettings",
    "Replicas",
  ],
  create: async (properties, context) => createTableResource(asTable(properties, context), context),
  async update(state, properties, previous, context) {
    await applyChanges(
      {
        name: state.id,
        arn: String(state.attributes["Arn"]),
        properties: asTable(properties, context),
        previous: asTable(previous, context),
      },
      context,
    );
    return describeState(state.id, context);
  },
  delete: (state, _properties, context) => deleteTableResource(state.id, context),
  async read(id, context) {
    const found = await table.read?.(id, context);
    return found === undefined ? undefined : { ...found, Replicas: [{ Region: context.region }] };
  },
};
