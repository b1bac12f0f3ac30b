// AWS::DynamoDB::Table and GlobalTable, deployed by CloudFormation and seen through DynamoDB's own client.

import {
  DescribeContinuousBackupsCommand,
  DescribeKinesisStreamingDestinationCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "table" });
  at = stacksOf(cloud);
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const deploy = (name: string, Properties: object, Type = "AWS::DynamoDB::Table") =>
  at.deploy(name, { Table: { Type, Properties } }, { Name: ref("Table"), Arn: attribute("Table", "Arn") });

const base = {
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
};

test("keys of global indexes have up to four attributes each", async () => {
  const names = ["id", "h1", "h2", "r1", "r2"];
  const KeySchema = names.slice(1).map((AttributeName) => ({
    AttributeName,
    KeyType: AttributeName.startsWith("h") ? "HASH" : "RANGE",
  }));
  const { Name: TableName } = await deploy("several", {
    ...base,
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    GlobalSecondaryIndexes: [{ IndexName: "gsi", KeySchema, Projection: { ProjectionType: "ALL" } }],
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.[0]?.KeySchema).toEqual(KeySchema);
});

test("a table streams into Kinesis, and from one stream to the other", async () => {
  const kinesis = new KinesisClient(cloud.clientConfig());
  const streams = ["first-destination", "second-destination"];
  for (const StreamName of streams) await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const [first, second] = streams.map((name) => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`);
  const change = async (specification?: object): Promise<unknown> => {
    const more = specification === undefined ? {} : { KinesisStreamSpecification: specification };
    const { Name: TableName } = await deploy("destined", { ...base, ...more });
    const answer = await client.send(new DescribeKinesisStreamingDestinationCommand({ TableName }));
    return answer.KinesisDataStreamDestinations;
  };
  const precise = { ApproximateCreationDateTimePrecision: "MICROSECOND" };
  expect(await change({ StreamArn: first })).toEqual([{ StreamArn: first, DestinationStatus: "ACTIVE" }]);
  expect(await change({ StreamArn: first, ...precise })).toEqual([
    { StreamArn: first, DestinationStatus: "ACTIVE", ...precise },
  ]);
  expect(await change({ StreamArn: second })).toEqual([
    { StreamArn: second, DestinationStatus: "ACTIVE" },
    { StreamArn: first, DestinationStatus: "DISABLED" },
  ]);
  expect(await change()).toMatchObject([{ DestinationStatus: "DISABLED" }, { DestinationStatus: "DISABLED" }]);
  const properties = { ...base, KinesisStreamSpecification: { StreamArn: `${first}-missing` } };
  expect(await at.failure("undestined", { Table: { Type: "AWS::DynamoDB::Table", Properties: properties } })).toContain(
    "User does not have a permission to use kinesis stream",
  );
});

test("a table changes in place and keeps its items", async () => {
  const { Name: TableName = "", Arn = "" } = await deploy("tables", {
    ...base,
    TimeToLiveSpecification: { AttributeName: "until", Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    StreamSpecification: { StreamViewType: "NEW_IMAGE" },
    Tags: [{ Key: "team", Value: "a" }],
  });
  expect(TableName).toMatch(/^tables-Table-[A-Za-z0-9]+$/);
  await client.send(
    new PutItemCommand({ TableName, Item: { id: { S: "1" }, city: { S: "Bonn" }, zip: { S: "53111" } } }),
  );
  expect((await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription?.AttributeName).toBe(
    "until",
  );
  const recovery = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  expect(recovery.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe(
    "ENABLED",
  );
  const index = (IndexName: string, AttributeName: string) => ({
    IndexName,
    KeySchema: [{ AttributeName, KeyType: "HASH" }],
    Projection: { ProjectionType: "ALL" },
  });
  const changed = await deploy("tables", {
    ...base,
    AttributeDefinitions: [...base.AttributeDefinitions, { AttributeName: "zip", AttributeType: "S" }],
    GlobalSecondaryIndexes: [index("byZip", "zip")],
    DeletionProtectionEnabled: false,
    Tags: [{ Key: "team", Value: "b" }],
  });
  expect(changed["Name"]).toBe(TableName);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.map((each) => each.IndexName)).toEqual(["byZip"]);
  expect(Table?.StreamSpecification).toBeUndefined();
  expect((await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toEqual({
    TimeToLiveStatus: "DISABLED",
  });
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Arn }));
  expect(Tags).toContainEqual({ Key: "team", Value: "b" });
  expect((await client.send(new ScanCommand({ TableName, IndexName: "byZip" }))).Count).toBe(1);
  await at.destroy("tables");
  await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("another key makes another table", async () => {
  const first = await deploy("replaced", base);
  const second = await deploy("replaced", {
    ...base,
    AttributeDefinitions: [{ AttributeName: "key", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
  });
  expect(second["Name"]).not.toBe(first["Name"]);
  await expect(client.send(new DescribeTableCommand({ TableName: first["Name"] }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a global table with one replica here is a table", async () => {
  const { Name: TableName } = await deploy(
    "global",
    {
      ...base,
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      Replicas: [{ Region: "us-east-1", DeletionProtectionEnabled: true, TableClass: "STANDARD_INFREQUENT_ACCESS" }],
    },
    "AWS::DynamoDB::GlobalTable",
  );
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    DeletionProtectionEnabled: true,
    TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
  });
});
