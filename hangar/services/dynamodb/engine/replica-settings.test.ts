// Settings of global tables, seen in three regions: those of all replicas, and those of one.

import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type TableDescription,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import {
  change,
  clientsOf,
  globalTable,
  itemsOf,
  plain,
  REGIONS,
  type Clients,
  type Region,
} from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "replica-settings" });
  cloud.clock.hold();
  clients = clientsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const created = (RegionName: string) => ({ Create: { RegionName } });

async function described(region: Region, TableName: string): Promise<TableDescription> {
  return (await clients[region].send(new DescribeTableCommand({ TableName }))).Table ?? {};
}

const update = (region: Region, input: UpdateTableCommandInput) => clients[region].send(new UpdateTableCommand(input));

const refused = (message: string) => ({ name: "ValidationException", message });

const byCity = {
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" as const },
    { AttributeName: "city", AttributeType: "S" as const },
  ],
  GlobalSecondaryIndexUpdates: [
    {
      Create: {
        IndexName: "byCity",
        KeySchema: [{ AttributeName: "city", KeyType: "HASH" as const }],
        Projection: { ProjectionType: "ALL" as const },
      },
    },
  ],
};

describe("settings", () => {
  test("indexes made and deleted in one region are so in all", async () => {
    await globalTable(clients, "Indexed");
    await clients["us-east-1"].send(
      new PutItemCommand({ TableName: "Indexed", Item: { id: { S: "1" }, city: { S: "Bonn" } } }),
    );
    await cloud.settle();
    await update("eu-west-1", { TableName: "Indexed", ...byCity });
    for (const region of REGIONS) {
      const { Count } = await clients[region].send(
        new QueryCommand({
          TableName: "Indexed",
          IndexName: "byCity",
          KeyConditionExpression: "city = :city",
          ExpressionAttributeValues: { ":city": { S: "Bonn" } },
        }),
      );
      expect(Count).toBe(1);
    }
    expect((await described("us-east-1", "Indexed")).Replicas?.[0]?.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: "byCity",
        WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000, Status: "ACTIVE" },
      },
    ]);
    await update("ap-northeast-1", {
      TableName: "Indexed",
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "byCity" } }],
    });
    for (const region of REGIONS) {
      const table = await described(region, "Indexed");
      expect(table.GlobalSecondaryIndexes).toBeUndefined();
      expect(table.AttributeDefinitions).toEqual([{ AttributeName: "id", AttributeType: "S" }]);
      await expect(itemsOf(clients[region], "Indexed", "byCity")).rejects.toMatchObject({
        name: "ValidationException",
      });
    }
  });

  test("capacity is that of all; a replica's own reads stay its own", async () => {
    const TableName = "Capacity";
    await globalTable(clients, TableName);
    await update("us-east-1", {
      TableName,
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    });
    const units = async (region: Region) => {
      const { ProvisionedThroughput: all } = await described(region, TableName);
      return [all?.ReadCapacityUnits, all?.WriteCapacityUnits];
    };
    const override = async (region: Region, of: Region) =>
      (await described(region, TableName)).Replicas?.find((replica) => replica.RegionName === of)
        ?.ProvisionedThroughputOverride;
    expect(await Promise.all(REGIONS.map(units))).toEqual([
      [5, 5],
      [5, 5],
      [5, 5],
    ]);
    const reads = (ReadCapacityUnits: number) =>
      change(clients["us-east-1"], TableName, {
        Update: { RegionName: "eu-west-1", ProvisionedThroughputOverride: { ReadCapacityUnits } },
      });
    await reads(10);
    expect(await units("eu-west-1")).toEqual([10, 5]);
    expect(await override("us-east-1", "eu-west-1")).toEqual({ ReadCapacityUnits: 10 });
    expect(await override("us-east-1", "ap-northeast-1")).toBeUndefined();
    expect(await override("eu-west-1", "us-east-1")).toEqual({ ReadCapacityUnits: 5 });
    await update("ap-northeast-1", {
      TableName,
      ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 20 },
    });
    expect(await Promise.all(REGIONS.map(units))).toEqual([
      [7, 20],
      [10, 20],
      [7, 20],
    ]);
    await reads(7);
    expect(await override("us-east-1", "eu-west-1")).toBeUndefined();
    await update("eu-west-1", { TableName, BillingMode: "PAY_PER_REQUEST" });
    expect((await described("us-east-1", TableName)).BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
    expect(await units("ap-northeast-1")).toEqual([0, 0]);
  });

  test("the table class is that of all, unless a replica has its own", async () => {
    const TableName = "Classes";
    await globalTable(clients, TableName);
    await change(clients["us-east-1"], TableName, {
      Update: { RegionName: "eu-west-1", TableClassOverride: "STANDARD_INFREQUENT_ACCESS" },
    });
    const [of, other] = (await described("us-east-1", TableName)).Replicas ?? [];
    expect(of?.ReplicaTableClassSummary?.TableClass).toBe("STANDARD_INFREQUENT_ACCESS");
    expect(other?.ReplicaTableClassSummary).toBeUndefined();
    expect((await described("eu-west-1", TableName)).TableClassSummary?.TableClass).toBe("STANDARD_INFREQUENT_ACCESS");
    expect((await described("us-east-1", TableName)).TableClassSummary).toBeUndefined();
  });

  test("expiry is that of all; tags and recovery are a region's own", async () => {
    const TableName = "Own";
    await globalTable(clients, TableName);
    const TimeToLiveSpecification = { Enabled: true, AttributeName: "until" };
    await clients["eu-west-1"].send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    for (const region of REGIONS) {
      const { TimeToLiveDescription } = await clients[region].send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "until" });
    }
    const arn = (region: Region) => `arn:aws:dynamodb:${region}:000000000000:table/${TableName}`;
    await clients["us-east-1"].send(
      new TagResourceCommand({ ResourceArn: arn("us-east-1"), Tags: [{ Key: "team", Value: "a" }] }),
    );
    await clients["us-east-1"].send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    const { Tags } = await clients["eu-west-1"].send(new ListTagsOfResourceCommand({ ResourceArn: arn("eu-west-1") }));
    expect(Tags).toEqual([]);
  });
});

describe("keys", () => {
  const kms = (region: Region) => new KMSClient({ ...cloud.clientConfig(), region });
  const newKey = async (region: Region) => (await kms(region).send(new CreateKeyCommand({}))).KeyMetadata;

  test("AWS's own key is that of each region", async () => {
    await globalTable(clients, "Managed", { regions: ["eu-west-1"] });
    await update("us-east-1", { TableName: "Managed", SSESpecification: { Enabled: true } });
    await change(clients["us-east-1"], "Managed", created("ap-northeast-1"));
    for (const region of REGIONS) {
      const { KeyMetadata } = await kms(region).send(new DescribeKeyCommand({ KeyId: "alias/aws/dynamodb" }));
      expect((await described(region, "Managed")).SSEDescription).toMatchObject({ KMSMasterKeyArn: KeyMetadata?.Arn });
    }
  });

  test("with a customer's key each replica has one of its region", async () => {
    const [home, there] = [await newKey("us-east-1"), await newKey("eu-west-1")];
    await clients["us-east-1"].send(
      new CreateTableCommand(
        plain("Keyed", { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: home?.KeyId } }),
      ),
    );
    const add = (KMSMasterKeyId?: string) =>
      change(clients["us-east-1"], "Keyed", { Create: { RegionName: "eu-west-1", KMSMasterKeyId } });
    await expect(add()).rejects.toMatchObject(
      refused("One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica."),
    );
    await expect(add("alias/aws/dynamodb")).rejects.toMatchObject(
      refused(
        "One or more parameter values were invalid: All replica keys must either be Customer Managed CMK or AWS Managed CMK.",
      ),
    );
    await expect(add(home?.Arn)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringMatching(
        /^KMS validation error for region eu-west-1: com\.amazonaws\.services\.kms\.model\.NotFoundException: Invalid arn us-east-1 /,
      ),
    });
    await add(there?.KeyId);
    expect((await described("us-east-1", "Keyed")).Replicas?.[0]?.KMSMasterKeyId).toBe(there?.Arn);
    expect((await described("eu-west-1", "Keyed")).Replicas?.[0]?.KMSMasterKeyId).toBe(home?.Arn);
  });
});
