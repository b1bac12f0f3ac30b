// Tables brought back as they were at a second of the past, through the real client, against a naive model of it.

import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  type RestoreTableToPointInTimeCommandInput,
} from "@aws-sdk/client-dynamodb";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

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

async function make(TableName: string, days?: number): Promise<string> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "g", AttributeType: "S" },
      ],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byG",
          KeySchema: [{ AttributeName: "g", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  if (days !== undefined) await recover(TableName, true, days);
  return TableDescription?.TableArn ?? "";
}

const recover = (TableName: string, enabled: boolean, days?: number) =>
  client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days },
    }),
  );
const put = (TableName: string, id: string, v: string) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, g: { S: "all" }, v: { S: v } } }));
const remove = (TableName: string, id: string) =>
  client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));
const restore = (input: RestoreTableToPointInTimeCommandInput, by = client) =>
  by.send(new RestoreTableToPointInTimeCommand(input));
async function times(TableName: string): Promise<{ earliest: Date | undefined; latest: Date | undefined }> {
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  return { earliest: recovery?.EarliestRestorableDateTime, latest: recovery?.LatestRestorableDateTime };
}
const wholeSecond = (time = cloud.clock.now()) => new Date(Math.floor(time / 1000) * 1000);
const contents = async (TableName: string, by = client) =>
  Object.fromEntries(
    ((await by.send(new ScanCommand({ TableName }))).Items ?? []).map((item) => [item["id"]?.S, item["v"]?.S]),
  );

describe("RestoreTableToPointInTime", () => {
  test("brings back what each second held, over a hundred random changes", async () => {
    await make("Random", 35);
    const model = new Map<string, string>();
    const seconds: { at: Date; held: Record<string, string> }[] = [];
    let state = 7;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    for (let step = 0; step < 100; step += 1) {
      const id = `item-${random(12)}`;
      if (random(3) === 0) {
        await remove("Random", id);
        model.delete(id);
      } else {
        await put("Random", id, String(step));
        model.set(id, String(step));
      }
      if (random(2) === 0) {
        seconds.push({ at: wholeSecond(), held: Object.fromEntries(model) });
        await cloud.clock.advance(`${1 + random(90)} seconds`);
      }
    }
    await cloud.clock.advance("5 minutes");
    for (const [number, { at, held }] of seconds.entries()) {
      if (number % 6 !== 0) continue;
      await restore({ SourceTableName: "Random", TargetTableName: `Random-${number}`, RestoreDateTime: at });
      expect(await contents(`Random-${number}`)).toEqual(held);
    }
    await restore({ SourceTableName: "Random", TargetTableName: "Random-now", UseLatestRestorableTime: true });
    expect(await contents("Random-now")).toEqual(Object.fromEntries(model));
  });

  test("the newest moment is five minutes ago, the first is when it was turned on", async () => {
    await make("Window");
    expect(await times("Window")).toEqual({ earliest: undefined, latest: undefined });
    await put("Window", "before", "1");
    const on = wholeSecond();
    await recover("Window", true);
    expect(await times("Window")).toEqual({ earliest: on, latest: on });
    await cloud.clock.advance("4 minutes");
    await put("Window", "after", "2");
    expect(await times("Window")).toEqual({ earliest: on, latest: on });
    await restore({ SourceTableName: "Window", TargetTableName: "Window-at-once", UseLatestRestorableTime: true });
    expect(await contents("Window-at-once")).toEqual({ before: "1" });
    await cloud.clock.advance("10 minutes");
    expect(await times("Window")).toEqual({ earliest: on, latest: wholeSecond(cloud.clock.now() - 300_000) });
    await expect(
      restore({
        SourceTableName: "Window",
        TargetTableName: "Window-soon",
        RestoreDateTime: wholeSecond(),
      }),
    ).rejects.toMatchObject({
      name: "InvalidRestoreTimeException",
      message: expect.stringMatching(
        /^RestoreDateTime '[^']+Z' must be within EarliestRestorableDateTime '[^']+Z' and LatestRestorableDateTime '[^']+Z'$/,
      ),
    });
  });

  test("history older than the period is gone, and turning recovery off forgets all of it", async () => {
    await make("Aging", 2);
    await put("Aging", "a", "old");
    await cloud.clock.advance("3 days");
    await put("Aging", "a", "new");
    const { earliest } = await times("Aging");
    expect(earliest).toEqual(wholeSecond(cloud.clock.now() - 2 * 86_400_000));
    await cloud.clock.advance("5 minutes");
    await restore({
      SourceTableName: "Aging",
      TargetTableName: "Aging-then",
      RestoreDateTime: earliest && new Date(earliest.getTime() + 600_000),
    });
    expect(await contents("Aging-then")).toEqual({ a: "old" });
    await recover("Aging", false);
    await expect(
      restore({ SourceTableName: "Aging", TargetTableName: "Aging-off", UseLatestRestorableTime: true }),
    ).rejects.toMatchObject({
      name: "PointInTimeRecoveryUnavailableException",
      message: "Point in time recovery is not enabled for table 'Aging'",
    });
    const { ContinuousBackupsDescription } = await recover("Aging", true);
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: wholeSecond(),
      LatestRestorableDateTime: wholeSecond(),
    });
    await expect(recover("Aging", false, 7)).rejects.toMatchObject({
      name: "ValidationException",
      message: "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.",
    });
  });

  test("a transaction is there whole or not at all, and indexes are filled", async () => {
    const arn = await make("Whole", 35);
    await cloud.clock.advance("1 second");
    const before = wholeSecond();
    await cloud.clock.advance("1 second");
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: ["1", "2"].map((id) => ({
          Put: { TableName: "Whole", Item: { id: { S: id }, g: { S: "all" }, v: { S: id } } },
        })),
      }),
    );
    const after = wholeSecond();
    await cloud.clock.advance("10 minutes");
    await remove("Whole", "1");
    await restore({ SourceTableArn: arn, TargetTableName: "Whole-before", RestoreDateTime: before });
    await restore({ SourceTableArn: arn, TargetTableName: "Whole-after", RestoreDateTime: after });
    expect(await contents("Whole-before")).toEqual({});
    expect(await contents("Whole-after")).toEqual({ "1": "1", "2": "2" });
    const { Count } = await client.send(
      new QueryCommand({
        TableName: "Whole-after",
        IndexName: "byG",
        KeyConditionExpression: "g = :g",
        ExpressionAttributeValues: { ":g": { S: "all" } },
      }),
    );
    expect(Count).toBe(2);
  });

  test("overrides leave indexes out and change billing; the answer names the source, DescribeTable no longer does", async () => {
    const arn = await make("Plain", 35);
    const { TableDescription } = await restore({
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
      RestoreSummary: { SourceTableArn: arn, RestoreInProgress: true, RestoreDateTime: wholeSecond() },
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
    await make("Errors", 35).catch(() => undefined);
    await expect(restore(input)).rejects.toMatchObject(message === undefined ? { name } : { name, message });
    await expect(client.send(new DescribeTableCommand({ TableName: "Refused" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("a table in another region is restored by its ARN, with a key of that region", async () => {
    const arn = await make("Far", 35);
    const west = new DynamoDBClient({ ...cloud.clientConfig(), region: "us-west-2" });
    const input = { SourceTableArn: arn, TargetTableName: "Far-west", UseLatestRestorableTime: true };
    await expect(restore(input, west)).rejects.toMatchObject({
      message: "Invalid Request: sseSpecificationOverride must be provided for cross-region restores",
    });
    await restore({ ...input, SSESpecificationOverride: { Enabled: true } }, west);
    const { Table } = await west.send(new DescribeTableCommand({ TableName: "Far-west" }));
    expect(Table?.TableArn).toBe("arn:aws:dynamodb:us-west-2:000000000000:table/Far-west");
    west.destroy();
  });

  test("history lives on in forks and snapshots, each with its own future", async () => {
    await make("Forked", 35);
    await put("Forked", "a", "1");
    const then = wholeSecond();
    await cloud.clock.advance("1 minute");
    await using fork = cloud.fork();
    await put("Forked", "a", "2");
    const forked = new DynamoDBClient(fork.clientConfig());
    await forked.send(new DeleteItemCommand({ TableName: "Forked", Key: { id: { S: "a" } } }));
    await fork.clock.advance("10 minutes");
    const input = { SourceTableName: "Forked", TargetTableName: "Forked-then", RestoreDateTime: then };
    await restore(input, forked);
    expect(await contents("Forked-then", forked)).toEqual({ a: "1" });
    await using other = await startCloud({ listen: false, snapshot: await cloud.snapshot(join(folder, "one")) });
    await other.clock.advance("10 minutes");
    const loaded = new DynamoDBClient(other.clientConfig());
    await restore(input, loaded);
    expect(await contents("Forked-then", loaded)).toEqual({ a: "1" });
    expect(await contents("Forked", loaded)).toEqual({ a: "2" });
  });

  test("history outlives the process of a cloud that keeps its data", async () => {
    const directory = join(folder, "data");
    const TableName = "Kept";
    const then = await (async () => {
      await using kept = await startCloud({ listen: false, directory });
      client = new DynamoDBClient(kept.clientConfig());
      kept.clock.hold();
      await make(TableName, 35);
      await put(TableName, "a", "1");
      const second = wholeSecond(kept.clock.now());
      await kept.clock.advance("1 minute");
      await put(TableName, "a", "2");
      await put(TableName, "b", "2");
      return second;
    })();
    await using kept = await startCloud({ listen: false, directory });
    client = new DynamoDBClient(kept.clientConfig());
    await kept.clock.advance("10 minutes");
    await restore({ SourceTableName: TableName, TargetTableName: "Kept-then", RestoreDateTime: then }, client);
    expect(await contents("Kept-then", client)).toEqual({ a: "1" });
    expect(await contents(TableName, client)).toEqual({ a: "2", b: "2" });
    client = new DynamoDBClient(cloud.clientConfig());
  });

  test("a deleted table that had recovery leaves a backup of the system's for 35 days", async () => {
    await make("Deleted", 35);
    await put("Deleted", "a", "1");
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
    expect(await contents("Deleted-back")).toEqual({ a: "1" });
    await cloud.clock.advance("35 days");
    expect((await system()).BackupSummaries).toEqual([]);
  });
});
