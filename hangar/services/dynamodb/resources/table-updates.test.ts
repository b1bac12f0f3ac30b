// Updates of AWS::DynamoDB::Table: what changes in place, what makes another table, what is refused, and how a failed one is undone.

import {
  CloudFormationClient,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from "@aws-sdk/client-cloudformation";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "table-updates" });
  at = stacksOf(cloud);
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const table = (Properties: object) => ({ Table: { Type: "AWS::DynamoDB::Table", Properties } });
const deploy = (name: string, properties: object) =>
  at.deploy(name, table(properties), { Name: ref("Table"), Arn: attribute("Table", "Arn") });
const failure = (name: string, properties: object) => at.failure(name, table(properties));

const described = async (TableName: string | undefined) =>
  (await client.send(new DescribeTableCommand({ TableName }))).Table;

const S = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: "S" }));
const base = {
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: S("id"),
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
};
const index = (IndexName: string, AttributeName: string, more: object = {}) => ({
  IndexName,
  KeySchema: [{ AttributeName, KeyType: "HASH" }],
  Projection: { ProjectionType: "ALL" },
  ...more,
});
const indexed = (...names: string[]) => ({
  ...base,
  AttributeDefinitions: S("id", ...names),
  ...(names.length > 0 && { GlobalSecondaryIndexes: names.map((name) => index(`by-${name}`, name)) }),
});
const refused = (message: string) =>
  new RegExp(
    `Resource handler returned message: "${message}" \\(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\\)`,
  );

test("global indexes come and go one at a time; two in one update are refused and nothing is changed", async () => {
  const { Name } = await deploy("indexes", indexed());
  const names = async () => (await described(Name))?.GlobalSecondaryIndexes?.map((each) => each.IndexName);
  await deploy("indexes", indexed("city"));
  await deploy("indexes", indexed("city", "zip"));
  expect(await names()).toEqual(["by-city", "by-zip"]);
  const oneOnly = refused("Cannot perform more than one GSI creation or deletion in a single update");
  expect(await failure("indexes", indexed("city", "street"))).toMatch(oneOnly);
  expect(await failure("indexes", indexed())).toMatch(oneOnly);
  expect(await names()).toEqual(["by-city", "by-zip"]);
  await deploy("indexes", indexed("zip"));
  expect(await names()).toEqual(["by-zip"]);
});

test("an index keeps its keys and projection; its throughput changes in place", async () => {
  const provisioned = (units: number, projection: object) => ({
    ...indexed("city"),
    BillingMode: "PROVISIONED",
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: "5" },
    GlobalSecondaryIndexes: [
      index("by-city", "city", {
        Projection: projection,
        ProvisionedThroughput: { ReadCapacityUnits: units, WriteCapacityUnits: units },
      }),
    ],
  });
  const { Name } = await deploy("index-units", provisioned(3, { ProjectionType: "ALL" }));
  await deploy("index-units", provisioned(4, { ProjectionType: "ALL" }));
  const units = async () => (await described(Name))?.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput;
  expect(await units()).toMatchObject({ ReadCapacityUnits: 4, WriteCapacityUnits: 4 });
  expect(await failure("index-units", provisioned(4, { ProjectionType: "KEYS_ONLY" }))).toMatch(
    refused(
      "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
    ),
  );
  expect(await units()).toMatchObject({ ReadCapacityUnits: 4 });
  // And to on-demand, and back.
  const { ProvisionedThroughput: _, ...onDemand } = {
    ...provisioned(4, { ProjectionType: "ALL" }),
    BillingMode: "PAY_PER_REQUEST",
  };
  await deploy("index-units", { ...onDemand, GlobalSecondaryIndexes: [index("by-city", "city")] });
  expect((await described(Name))?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
});

test.each<[string, object, object]>([
  ["another key", base, { AttributeDefinitions: S("key"), KeySchema: [{ AttributeName: "key", KeyType: "HASH" }] }],
  ["another type of the key", base, { AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }] }],
  [
    "a local index",
    {
      ...base,
      AttributeDefinitions: S("id", "sort"),
      KeySchema: [...base.KeySchema, { AttributeName: "sort", KeyType: "RANGE" }],
    },
    {
      AttributeDefinitions: S("id", "sort", "other"),
      LocalSecondaryIndexes: [
        {
          IndexName: "local",
          KeySchema: [...base.KeySchema, { AttributeName: "other", KeyType: "RANGE" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    },
  ],
])("%s makes another table; one with a name of its own has to be renamed first", async (what, before, change) => {
  const stack = `replaced-by-${what.replaceAll(" ", "-")}`;
  const first = await deploy(stack, before);
  const second = await deploy(stack, { ...before, ...change });
  expect(second["Name"]).not.toBe(first["Name"]);
  const TableName = `named-${stack}`;
  await deploy(`named-${stack}`, { ...before, TableName });
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: "kept" }, sort: { S: "1" } } }));
  expect(await failure(`named-${stack}`, { ...before, ...change, TableName })).toContain(
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${TableName} and update the stack again.`,
  );
  expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(1);
  const renamed = await deploy(`named-${stack}`, { ...before, ...change, TableName: `${TableName}-2` });
  expect(renamed["Name"]).toBe(`${TableName}-2`);
});

const rich = (more: object = {}) => ({
  ...indexed("city"),
  TableClass: "STANDARD_INFREQUENT_ACCESS",
  DeletionProtectionEnabled: false,
  StreamSpecification: { StreamViewType: "NEW_IMAGE" },
  TimeToLiveSpecification: { AttributeName: "until", Enabled: true },
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  OnDemandThroughput: { MaxReadRequestUnits: 10, MaxWriteRequestUnits: 10 },
  Tags: [{ Key: "team", Value: "a" }],
  ResourcePolicy: {
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: ["dynamodb:GetItem"],
          Resource: "*",
        },
      ],
    },
  },
  ...more,
});

test("each setting changes in place; the items stay", async () => {
  const { Name: TableName = "", Arn: ResourceArn = "" } = await deploy("settings", rich());
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: "1" } } }));
  const stream = (await described(TableName))?.LatestStreamArn;
  const {
    ResourcePolicy: _,
    TimeToLiveSpecification: __,
    ...left
  } = rich({
    TableClass: "STANDARD",
    DeletionProtectionEnabled: true,
    StreamSpecification: { StreamViewType: "KEYS_ONLY" },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    OnDemandThroughput: { MaxReadRequestUnits: 20, MaxWriteRequestUnits: -1 },
    Tags: [{ Key: "owner", Value: "b" }],
  });
  await deploy("settings", left);
  const after = await described(TableName);
  expect(after).toMatchObject({
    TableClassSummary: { TableClass: "STANDARD" },
    DeletionProtectionEnabled: true,
    StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    OnDemandThroughput: { MaxReadRequestUnits: 20 },
  });
  expect(after?.LatestStreamArn).not.toBe(stream);
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe("DISABLED");
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription?.TimeToLiveStatus).toBe("DISABLED");
  const { Tags = [] } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }));
  expect(Tags.filter(({ Key }) => Key?.startsWith("aws:") !== true)).toEqual([{ Key: "owner", Value: "b" }]);
  await expect(client.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
    name: "PolicyNotFoundException",
  });
  expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(1);
});

test("a stream's own policy goes with it to the stream that follows", async () => {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Action: "dynamodb:GetRecords",
    Resource: "*",
  };
  const ResourcePolicy = { PolicyDocument: { Version: "2012-10-17", Statement: [statement] } };
  const policyOf = async (TableName: string | undefined) => {
    const ResourceArn = (await described(TableName))?.LatestStreamArn;
    return (await client.send(new GetResourcePolicyCommand({ ResourceArn }))).Policy;
  };
  const specification = (StreamViewType: string) => ({ StreamSpecification: { StreamViewType, ResourcePolicy } });
  const { Name } = await deploy("stream-policy", { ...base, ...specification("KEYS_ONLY") });
  expect(JSON.parse((await policyOf(Name)) ?? "")).toEqual(ResourcePolicy.PolicyDocument);
  await deploy("stream-policy", { ...base, ...specification("NEW_IMAGE") });
  expect(JSON.parse((await policyOf(Name)) ?? "")).toEqual(ResourcePolicy.PolicyDocument);
  await deploy("stream-policy", { ...base, StreamSpecification: { StreamViewType: "NEW_IMAGE" } });
  await expect(policyOf(Name)).rejects.toMatchObject({ name: "PolicyNotFoundException" });
});

test("DynamoDB refuses another attribute of expiry; what was changed before is undone", async () => {
  const { Name: TableName = "" } = await deploy("undone", rich());
  const before = await described(TableName);
  const reasons = await failure(
    "undone",
    rich({
      ...indexed("city", "zip"),
      TableClass: "STANDARD",
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
      Tags: [{ Key: "team", Value: "b" }],
    }),
  );
  expect(reasons).toContain("TimeToLive is active on a different AttributeName: current AttributeName is until");
  const after = await described(TableName);
  expect(after).toMatchObject({
    GlobalSecondaryIndexes: [{ IndexName: "by-city" }],
    TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    DeletionProtectionEnabled: false,
    LatestStreamArn: before?.LatestStreamArn,
  });
  expect(after?.GlobalSecondaryIndexes).toHaveLength(1);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "until" });
});

test("a table that nobody touched has not drifted; one that somebody did has", async () => {
  const { Name: TableName = "" } = await deploy("drifting", rich());
  const api = new CloudFormationClient(cloud.clientConfig());
  const drifts = async () => {
    await api.send(new DetectStackDriftCommand({ StackName: "drifting" }));
    await cloud.settle();
    const { StackResourceDrifts } = await api.send(new DescribeStackResourceDriftsCommand({ StackName: "drifting" }));
    return StackResourceDrifts?.map(({ StackResourceDriftStatus: status, PropertyDifferences: found = [] }) => [
      status,
      ...found.map(({ PropertyPath, ExpectedValue, ActualValue }) => [PropertyPath, ExpectedValue, ActualValue]),
    ]);
  };
  expect(await drifts()).toEqual([["IN_SYNC"]]);
  const [city, zip] = [index("by-city", "city"), index("by-zip", "zip")];
  await deploy("drifting", rich({ AttributeDefinitions: S("zip", "city", "id"), GlobalSecondaryIndexes: [zip, city] }));
  expect(await drifts()).toEqual([["IN_SYNC"]]);
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  expect(await drifts()).toEqual([["MODIFIED", ["/DeletionProtectionEnabled", "false", "true"]]]);
});

test("a protected table keeps its stack from being deleted", async () => {
  await deploy("protected", { ...base, DeletionProtectionEnabled: true });
  await expect(at.destroy("protected")).rejects.toThrow(
    /protected is DELETE_FAILED[^]*Resource cannot be deleted as it is currently protected against deletion\. Disable deletion protection first\./,
  );
  await deploy("unprotected", { ...base, DeletionProtectionEnabled: true });
  await deploy("unprotected", { ...base, DeletionProtectionEnabled: false });
  await at.destroy("unprotected");
});
