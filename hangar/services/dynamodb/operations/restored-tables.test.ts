// What a restored table is like, what a restore refuses, and how long its history lives, through the real client.

import {
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
} from "@aws-sdk/client-dynamodb";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { contents, make, put, restore, wholeSecond } from "../test-restores.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-pitr-"));
  cloud = await startCloud({ listen: false, seed: "pitr" });
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

describe("RestoreTableToPointInTime", () => {
  test("overrides leave indexes out and change billing; the answer names the source, DescribeTable no longer does", async () => {
    const arn = await make(client, "Plain", 35);
    const { TableDescription } = await restore(client, {
      SourceTableName: "Plain",
      TargetTableName: "Plain-provisioned",
      UseLatestRestorableTime: true,
      BillingModeOverride: "PROVISIONED",
      ProvisionedThroughputOverride: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
      GlobalSecondaryIndexOverride: [],
      SSESpecificationOverride: { Enabled: true },
    });
    expect(TableDescription).toMatchObject({
      TableStatus: "CREATING",
      RestoreSummary: { SourceTableArn: arn, RestoreInProgress: true, RestoreDateTime: wholeSecond(cloud.clock.now()) },
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "Plain-provisioned" }));
    expect(Table).toMatchObject({
      TableStatus: "ACTIVE",
      ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
      SSEDescription: { Status: "ENABLED", SSEType: "KMS" },
    });
    expect(Table?.GlobalSecondaryIndexes).toBeUndefined();
    expect(Table?.RestoreSummary).toBeUndefined();
  });

  const shape = { TargetTableName: "Refused", SourceTableName: "Errors", UseLatestRestorableTime: true };

  test.each([
    [
      { ...shape, RestoreDateTime: new Date(0) },
      "ValidationException",
      "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for point-in-time restore request. Please specify either RestoreDateTime time or UseLatestRestorableTime",
    ],
    [
      { ...shape, UseLatestRestorableTime: undefined },
      "ValidationException",
      "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both",
    ],
    [
      { ...shape, SourceTableArn: "arn:aws:dynamodb:us-east-1:000000000000:table/Errors" },
      "ValidationException",
      "Must provide exactly one of: sourceTableArn, sourceTableName",
    ],
    [{ ...shape, SourceTableName: undefined }, "ValidationException", "The parameter 'TableName' is required"],
    [{ ...shape, SourceTableName: "Nowhere" }, "TableNotFoundException", "Table not found: Nowhere"],
    [{ ...shape, TargetTableName: "Errors" }, "TableAlreadyExistsException", "Table already exists: Errors"],
    [
      { ...shape, TargetTableName: "Errors", UseLatestRestorableTime: false, RestoreDateTime: new Date(0) },
      "InvalidRestoreTimeException",
      undefined,
    ],
    [
      { ...shape, ProvisionedThroughputOverride: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      "ValidationException",
      "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED",
    ],
    [
      { ...shape, BillingModeOverride: "PROVISIONED" as const },
      "ValidationException",
      "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED",
    ],
    [
      {
        ...shape,
        GlobalSecondaryIndexOverride: [
          {
            IndexName: "other",
            KeySchema: [{ AttributeName: "v", KeyType: "HASH" as const }],
            Projection: { ProjectionType: "ALL" as const },
          },
        ],
      },
      "ValidationException",
      "Index other does not match a secondary index that existed in the source table and cannot be created during the restore operation",
    ],
  ])("refuses %o with %s and makes nothing", async (input, name, message) => {
    await make(client, "Errors", 35).catch(() => undefined);
    await expect(restore(client, input)).rejects.toMatchObject(message === undefined ? { name } : { name, message });
    await expect(client.send(new DescribeTableCommand({ TableName: "Refused" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("history lives on in forks and snapshots, each with its own future", async () => {
    await make(client, "Forked", 35);
    await put(client, "Forked", "a", "1");
    const then = wholeSecond(cloud.clock.now());
    await cloud.clock.advance("1 minute");
    await using fork = cloud.fork();
    await put(client, "Forked", "a", "2");
    const forked = new DynamoDBClient(fork.clientConfig());
    await forked.send(new DeleteItemCommand({ TableName: "Forked", Key: { id: { S: "a" } } }));
    await fork.clock.advance("10 minutes");
    const input = { SourceTableName: "Forked", TargetTableName: "Forked-then", RestoreDateTime: then };
    await restore(forked, input);
    expect(await contents(forked, "Forked-then")).toEqual({ a: "1" });
    await using other = await startCloud({ listen: false, snapshot: await cloud.snapshot(join(folder, "one")) });
    await other.clock.advance("10 minutes");
    const loaded = new DynamoDBClient(other.clientConfig());
    await restore(loaded, input);
    expect(await contents(loaded, "Forked-then")).toEqual({ a: "1" });
    expect(await contents(loaded, "Forked")).toEqual({ a: "2" });
  });

  test("history outlives the process of a cloud that keeps its data", async () => {
    const directory = join(folder, "data");
    const TableName = "Kept";
    const then = await (async () => {
      await using kept = await startCloud({ listen: false, directory });
      client = new DynamoDBClient(kept.clientConfig());
      kept.clock.hold();
      await make(client, TableName, 35);
      await put(client, TableName, "a", "1");
      const second = wholeSecond(kept.clock.now());
      await kept.clock.advance("1 minute");
      await put(client, TableName, "a", "2");
      await put(client, TableName, "b", "2");
      return second;
    })();
    await using kept = await startCloud({ listen: false, directory });
    client = new DynamoDBClient(kept.clientConfig());
    await kept.clock.advance("10 minutes");
    await restore(client, { SourceTableName: TableName, TargetTableName: "Kept-then", RestoreDateTime: then });
    expect(await contents(client, "Kept-then")).toEqual({ a: "1" });
    expect(await contents(client, TableName)).toEqual({ a: "2", b: "2" });
    client = new DynamoDBClient(cloud.clientConfig());
  });

  test("a deleted table that had recovery leaves a backup of the system's for 35 days", async () => {
    await make(client, "Deleted", 35);
    await put(client, "Deleted", "a", "1");
    await client.send(new DeleteTableCommand({ TableName: "Deleted" }));
    expect((await client.send(new ListBackupsCommand({ TableName: "Deleted" }))).BackupSummaries).toEqual([]);
    const system = () => client.send(new ListBackupsCommand({ TableName: "Deleted", BackupType: "SYSTEM" }));
    const [backup] = (await system()).BackupSummaries ?? [];
    expect(backup).toMatchObject({
      BackupName: "Deleted$DeletedTableBackup",
      BackupType: "SYSTEM",
      BackupStatus: "AVAILABLE",
      BackupArn: expect.stringMatching(/table\/Deleted\/backup\/\d{14}-00000000$/),
    });
    await client.send(
      new RestoreTableFromBackupCommand({ BackupArn: backup?.BackupArn, TargetTableName: "Deleted-back" }),
    );
    expect(await contents(client, "Deleted-back")).toEqual({ a: "1" });
    await cloud.clock.advance("35 days");
    expect((await system()).BackupSummaries).toEqual([]);
  });
});
