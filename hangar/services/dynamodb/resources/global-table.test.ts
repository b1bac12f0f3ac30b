// AWS::DynamoDB::GlobalTable with replicas, deployed by CloudFormation and seen through DynamoDB's own clients.

import {
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DescribeTableReplicaAutoScalingCommand,
  DescribeTimeToLiveCommand,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { App, Stack, Tags, type StackProps } from "aws-cdk-lib";
import { AttributeType, Billing, Capacity, TableClass, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { clientsOf, itemsOf, REGIONS, type Clients, type Region } from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let at: Stacks;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "global table" });
  at = stacksOf(cloud, { stack: "tag" });
  clients = clientsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const base = {
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
};

const resource = (Properties: object): Resources => ({ Table: { Type: "AWS::DynamoDB::GlobalTable", Properties } });

const deploy = (name: string, Properties: object) =>
  at.deploy(name, resource(Properties), {
    Name: ref("Table"),
    Arn: attribute("Table", "Arn"),
    Id: attribute("Table", "TableId"),
    Stream: attribute("Table", "StreamArn"),
  });

async function described(region: Region, TableName: string): Promise<TableDescription | undefined> {
  return (await clients[region].send(new DescribeTableCommand({ TableName }))).Table;
}

const arn = (region: Region, name: string) => `arn:aws:dynamodb:${region}:000000000000:table/${name}`;
const replicas = (...regions: readonly Region[]) => regions.map((Region) => ({ Region }));

test("a new table has all its replicas, and what each has of its own", async () => {
  const policy = (region: Region) => ({
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "000000000000" },
          Action: "dynamodb:GetItem",
          Resource: arn(region, "Whole"),
        },
      ],
    },
  });
  const streamPolicy = {
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "000000000000" }, Action: "dynamodb:GetRecords", Resource: "*" },
      ],
    },
  };
  const kinesis = new KinesisClient({ ...cloud.clientConfig(), region: "eu-west-1" });
  await kinesis.send(new CreateStreamCommand({ StreamName: "changes", ShardCount: 1 }));
  const StreamArn = "arn:aws:kinesis:eu-west-1:000000000000:stream/changes";
  const out = await deploy("whole", {
    ...base,
    TableName: "Whole",
    TimeToLiveSpecification: { Enabled: true, AttributeName: "until" },
    WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 100 },
    Replicas: [
      { Region: "us-east-1", Tags: [{ Key: "of", Value: "us" }] },
      {
        Region: "eu-west-1",
        TableClass: "STANDARD_INFREQUENT_ACCESS",
        DeletionProtectionEnabled: false,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 50 },
        ResourcePolicy: policy("eu-west-1"),
        ReplicaStreamSpecification: { ResourcePolicy: streamPolicy },
        Tags: [{ Key: "of", Value: "eu" }],
        KinesisStreamSpecification: { StreamArn },
        ContributorInsightsSpecification: { Enabled: true },
      },
      { Region: "ap-northeast-1" },
    ],
  });
  const [us, eu] = [await described("us-east-1", "Whole"), await described("eu-west-1", "Whole")];
  expect(out).toEqual({ Name: "Whole", Arn: us?.TableArn, Id: us?.TableId, Stream: us?.LatestStreamArn });
  expect(us?.Replicas?.map((replica) => replica.RegionName)).toEqual(["eu-west-1", "ap-northeast-1"]);
  expect(us?.TableClassSummary).toBeUndefined();
  expect(us?.OnDemandThroughput).toEqual({ MaxWriteRequestUnits: 100 });
  expect(eu?.TableClassSummary?.TableClass).toBe("STANDARD_INFREQUENT_ACCESS");
  expect(eu?.OnDemandThroughput).toEqual({ MaxReadRequestUnits: 50, MaxWriteRequestUnits: 100 });
  const recovery = async (region: Region) =>
    (await clients[region].send(new DescribeContinuousBackupsCommand({ TableName: "Whole" })))
      .ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  expect(await Promise.all(REGIONS.map(recovery))).toEqual(["DISABLED", "ENABLED", "DISABLED"]);
  const tags = async (region: Region) =>
    (await clients[region].send(new ListTagsOfResourceCommand({ ResourceArn: arn(region, "Whole") }))).Tags;
  expect(await Promise.all(REGIONS.map(tags))).toEqual([
    [{ Key: "of", Value: "us" }],
    [{ Key: "of", Value: "eu" }],
    [],
  ]);
  const ResourceArn = arn("eu-west-1", "Whole");
  expect((await clients["eu-west-1"].send(new GetResourcePolicyCommand({ ResourceArn }))).Policy).toContain("GetItem");
  expect(
    (await clients["eu-west-1"].send(new GetResourcePolicyCommand({ ResourceArn: eu?.LatestStreamArn }))).Policy,
  ).toContain("GetRecords");
  const kinesisOf = async (region: Region) =>
    (await clients[region].send(new DescribeKinesisStreamingDestinationCommand({ TableName: "Whole" })))
      .KinesisDataStreamDestinations;
  expect(await kinesisOf("eu-west-1")).toMatchObject([{ StreamArn, DestinationStatus: "ACTIVE" }]);
  expect(await kinesisOf("us-east-1")).toEqual([]);
  const insights = async (region: Region) =>
    (await clients[region].send(new DescribeContributorInsightsCommand({ TableName: "Whole" })))
      .ContributorInsightsStatus;
  expect(await Promise.all(REGIONS.map(insights))).toEqual(["DISABLED", "ENABLED", "DISABLED"]);
  for (const region of REGIONS)
    expect(
      (await clients[region].send(new DescribeTimeToLiveCommand({ TableName: "Whole" }))).TimeToLiveDescription
        ?.AttributeName,
    ).toBe("until");
  await clients["ap-northeast-1"].send(new PutItemCommand({ TableName: "Whole", Item: { id: { S: "1" } } }));
  await cloud.settle();
  for (const region of REGIONS) expect(Object.keys(await itemsOf(clients[region], "Whole"))).toEqual(["1"]);
  await at.destroy("whole");
  for (const region of REGIONS)
    await expect(described(region, "Whole")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("one replica at a time is added or removed later, and the table and its items stay", async () => {
  const TableName = "Later";
  const first = await deploy("later", { ...base, TableName, Replicas: replicas("us-east-1") });
  await clients["us-east-1"].send(new PutItemCommand({ TableName, Item: { id: { S: "1" } } }));
  expect(await at.failure("later", resource({ ...base, TableName, Replicas: replicas(...REGIONS) }))).toContain(
    "Update table operation with more than one create or delete replica actions not allowed",
  );
  const second = await deploy("later", { ...base, TableName, Replicas: replicas("us-east-1", "eu-west-1") });
  expect(second["Id"]).toBe(first["Id"]);
  expect(Object.keys(await itemsOf(clients["eu-west-1"], TableName))).toEqual(["1"]);
  await deploy("later", {
    ...base,
    TableName,
    Replicas: [
      { Region: "us-east-1" },
      { Region: "eu-west-1", DeletionProtectionEnabled: true, Tags: [{ Key: "a", Value: "b" }] },
      { Region: "ap-northeast-1" },
    ],
  });
  expect((await described("eu-west-1", TableName))?.DeletionProtectionEnabled).toBe(true);
  expect(
    await at.failure("later", resource({ ...base, TableName, Replicas: replicas("us-east-1", "ap-northeast-1") })),
  ).toContain("Cannot delete table Later in region eu-west-1 because it has deletion protection enabled.");
  await deploy("later", { ...base, TableName, Replicas: replicas(...REGIONS) });
  expect((await described("eu-west-1", TableName))?.DeletionProtectionEnabled).toBe(false);
  await deploy("later", { ...base, TableName, Replicas: replicas("us-east-1", "ap-northeast-1") });
  expect((await described("us-east-1", TableName))?.Replicas?.map((each) => each.RegionName)).toEqual([
    "ap-northeast-1",
  ]);
  await expect(described("eu-west-1", TableName)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("another key makes another table with replicas of its own", async () => {
  const Replicas = replicas("us-east-1", "eu-west-1");
  const first = await deploy("replaced", { ...base, Replicas });
  const second = await deploy("replaced", {
    ...base,
    AttributeDefinitions: [{ AttributeName: "key", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
    Replicas,
  });
  expect(second["Name"]).not.toBe(first["Name"]);
  expect((await described("eu-west-1", second["Name"] ?? ""))?.KeySchema?.[0]?.AttributeName).toBe("key");
  for (const region of ["us-east-1", "eu-west-1"] as const)
    await expect(described(region, first["Name"] ?? "")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a table without a replica in the stack's region is refused", async () => {
  expect(await at.failure("elsewhere", resource({ ...base, Replicas: replicas("eu-west-1") }))).toMatch(
    /Resource handler returned message: "Invalid request provided: The Replicas section must contain an entry for the current region" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)/,
  );
});

test("what cannot be made whole is not left behind", async () => {
  const { SSESpecification, ...Properties } = {
    ...base,
    TableName: "Half",
    SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
    Replicas: [{ Region: "us-east-1" }, { Region: "eu-west-1", SSESpecification: { KMSMasterKeyId: "alias/none" } }],
  };
  expect(await at.failure("half", resource({ ...Properties, SSESpecification }))).toContain(
    "All replica keys must either be Customer Managed CMK or AWS Managed CMK.",
  );
  await expect(described("us-east-1", "Half")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("strongly consistent tables come and go whole", async () => {
  const { StreamSpecification: _stream, ...plain } = base;
  await deploy("strong", {
    ...plain,
    TableName: "Firm",
    StreamSpecification: base.StreamSpecification,
    MultiRegionConsistency: "STRONG",
    GlobalTableWitnesses: [{ Region: "us-east-2" }],
    Replicas: replicas("us-east-1", "eu-west-1"),
  });
  await clients["eu-west-1"].send(new PutItemCommand({ TableName: "Firm", Item: { id: { S: "1" } } }));
  expect(Object.keys(await itemsOf(clients["us-east-1"], "Firm"))).toEqual(["1"]);
  await at.destroy("strong");
  await expect(described("eu-west-1", "Firm")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

/** The resources of a stack with a table as the CDK writes them. */
function synthesised(table: ConstructorParameters<typeof TableV2>[2], props: StackProps = {}): Resources {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, "Cdk", { env: { account: "000000000000", region: "us-east-1" }, ...props });
  Tags.of(new TableV2(stack, "Table", table)).add("team", "a");
  return app.synth().getStackByName("Cdk").template["Resources"];
}

test("the CDK's TableV2 with replicas deploys, scales and changes", async () => {
  const partitionKey = { name: "id", type: AttributeType.STRING };
  const tableName = "Cdk";
  const dynamic = (more: object = {}): Resources =>
    synthesised({
      tableName,
      partitionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      billing: Billing.provisioned({
        readCapacity: Capacity.fixed(5),
        writeCapacity: Capacity.autoscaled({ minCapacity: 2, maxCapacity: 20, targetUtilizationPercent: 60 }),
      }),
      globalSecondaryIndexes: [
        {
          indexName: "byCity",
          partitionKey: { name: "city", type: AttributeType.STRING },
          readCapacity: Capacity.fixed(4),
        },
      ],
      replicas: [
        {
          region: "eu-west-1",
          readCapacity: Capacity.fixed(7),
          tableClass: TableClass.STANDARD_INFREQUENT_ACCESS,
          globalSecondaryIndexOptions: { byCity: { readCapacity: Capacity.fixed(9) } },
        },
        { region: "ap-northeast-1", readCapacity: Capacity.autoscaled({ minCapacity: 3, maxCapacity: 30 }), ...more },
      ],
    });
  await at.deploy("cdk", dynamic(), {});
  const units = async (region: Region) => {
    const table = await described(region, tableName);
    const [own, index] = [table?.ProvisionedThroughput, table?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput];
    return [own?.ReadCapacityUnits, own?.WriteCapacityUnits, index?.ReadCapacityUnits, index?.WriteCapacityUnits];
  };
  expect(await Promise.all(REGIONS.map(units))).toEqual([
    [5, 2, 4, 2],
    [7, 2, 9, 2],
    [3, 2, 4, 2],
  ]);
  const { TableAutoScalingDescription } = await clients["us-east-1"].send(
    new DescribeTableReplicaAutoScalingCommand({ TableName: tableName }),
  );
  const [ap, eu] = TableAutoScalingDescription?.Replicas ?? [];
  expect(eu?.ReplicaProvisionedWriteCapacityAutoScalingSettings).toMatchObject({ MinimumUnits: 2, MaximumUnits: 20 });
  expect(eu?.ReplicaProvisionedReadCapacityAutoScalingSettings).toMatchObject({ AutoScalingDisabled: true });
  expect(ap?.ReplicaProvisionedReadCapacityAutoScalingSettings).toMatchObject({ MinimumUnits: 3, MaximumUnits: 30 });
  expect((await described("eu-west-1", tableName))?.TableClassSummary?.TableClass).toBe("STANDARD_INFREQUENT_ACCESS");
  await at.deploy("cdk", dynamic({ readCapacity: Capacity.fixed(8), deletionProtection: true }), {});
  expect(await units("ap-northeast-1")).toEqual([8, 2, 4, 2]);
  expect((await described("ap-northeast-1", tableName))?.DeletionProtectionEnabled).toBe(true);
  const ResourceArn = arn("ap-northeast-1", tableName);
  const { Tags: given } = await clients["ap-northeast-1"].send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(given).toEqual([{ Key: "team", Value: "a" }]);
  await clients["eu-west-1"].send(
    new PutItemCommand({ TableName: tableName, Item: { id: { S: "1" }, city: { S: "Bonn" } } }),
  );
  await cloud.settle();
  for (const region of REGIONS) expect(Object.keys(await itemsOf(clients[region], tableName, "byCity"))).toEqual(["1"]);
});
