// Tables brought back as they were at a second of the past, through the real client, against a naive model of it.

import {
  DeleteItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { contents, make, put, recover, restore, wholeSecond } from "../test-restores.ts";

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

const remove = (TableName: string, id: string) =>
  client.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));

async function times(TableName: string): Promise<{ earliest: Date | undefined; latest: Date | undefined }> {
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  return { earliest: recovery?.EarliestRestorableDateTime, latest: recovery?.LatestRestorableDateTime };
}

describe("RestoreTableToPointInTime", () => {
  test("brings back what each second held, over a hundred random changes", async () => {
    await make(client, "Random", 35);
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
        await put(client, "Random", id, String(step));
        model.set(id, String(step));
      }
      if (random(2) === 0) {
        seconds.push({ at: wholeSecond(cloud.clock.now()), held: Object.fromEntries(model) });
        await cloud.clock.advance(`${1 + random(90)} seconds`);
      }
    }
    await cloud.clock.advance("5 minutes");
    for (const [number, { at, held }] of seconds.entries()) {
      if (number % 6 !== 0) continue;
      await restore(client, { SourceTableName: "Random", TargetTableName: `Random-${number}`, RestoreDateTime: at });
      expect(await contents(client, `Random-${number}`)).toEqual(held);
    }
    await restore(client, { SourceTableName: "Random", TargetTableName: "Random-now", UseLatestRestorableTime: true });
    expect(await contents(client, "Random-now")).toEqual(Object.fromEntries(model));
  });

  test("the newest moment is five minutes ago, the first is when it was turned on", async () => {
    await make(client, "Window");
    expect(await times("Window")).toEqual({ earliest: undefined, latest: undefined });
    await put(client, "Window", "before", "1");
    const on = wholeSecond(cloud.clock.now());
    await recover(client, "Window", true);
    expect(await times("Window")).toEqual({ earliest: on, latest: on });
    await cloud.clock.advance("4 minutes");
    await put(client, "Window", "after", "2");
    expect(await times("Window")).toEqual({ earliest: on, latest: on });
    await restore(client, {
      SourceTableName: "Window",
      TargetTableName: "Window-at-once",
      UseLatestRestorableTime: true,
    });
    expect(await contents(client, "Window-at-once")).toEqual({ before: "1" });
    await cloud.clock.advance("10 minutes");
    expect(await times("Window")).toEqual({ earliest: on, latest: wholeSecond(cloud.clock.now() - 300_000) });
    await expect(
      restore(client, {
        SourceTableName: "Window",
        TargetTableName: "Window-soon",
        RestoreDateTime: wholeSecond(cloud.clock.now()),
      }),
    ).rejects.toMatchObject({
      name: "InvalidRestoreTimeException",
      message: expect.stringMatching(
        /^RestoreDateTime '[^']+Z' must be within EarliestRestorableDateTime '[^']+Z' and LatestRestorableDateTime '[^']+Z'$/,
      ),
    });
  });

  test("history older than the period is gone, and turning recovery off forgets all of it", async () => {
    await make(client, "Aging", 2);
    await put(client, "Aging", "a", "old");
    await cloud.clock.advance("3 days");
    await put(client, "Aging", "a", "new");
    const { earliest } = await times("Aging");
    expect(earliest).toEqual(wholeSecond(cloud.clock.now() - 2 * 86_400_000));
    await cloud.clock.advance("5 minutes");
    await restore(client, {
      SourceTableName: "Aging",
      TargetTableName: "Aging-then",
      RestoreDateTime: earliest && new Date(earliest.getTime() + 600_000),
    });
    expect(await contents(client, "Aging-then")).toEqual({ a: "old" });
    await recover(client, "Aging", false);
    await expect(
      restore(client, { SourceTableName: "Aging", TargetTableName: "Aging-off", UseLatestRestorableTime: true }),
    ).rejects.toMatchObject({
      name: "PointInTimeRecoveryUnavailableException",
      message: "Point in time recovery is not enabled for table 'Aging'",
    });
    const { ContinuousBackupsDescription } = await recover(client, "Aging", true);
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: wholeSecond(cloud.clock.now()),
      LatestRestorableDateTime: wholeSecond(cloud.clock.now()),
    });
    await expect(recover(client, "Aging", false, 7)).rejects.toMatchObject({
      name: "ValidationException",
      message: "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.",
    });
  });

  test("a transaction is there whole or not at all, and indexes are filled", async () => {
    const arn = await make(client, "Whole", 35);
    await cloud.clock.advance("1 second");
    const before = wholeSecond(cloud.clock.now());
    await cloud.clock.advance("1 second");
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: ["1", "2"].map((id) => ({
          Put: { TableName: "Whole", Item: { id: { S: id }, g: { S: "all" }, v: { S: id } } },
        })),
      }),
    );
    const after = wholeSecond(cloud.clock.now());
    await cloud.clock.advance("10 minutes");
    await remove("Whole", "1");
    await restore(client, { SourceTableArn: arn, TargetTableName: "Whole-before", RestoreDateTime: before });
    await restore(client, { SourceTableArn: arn, TargetTableName: "Whole-after", RestoreDateTime: after });
    expect(await contents(client, "Whole-before")).toEqual({});
    expect(await contents(client, "Whole-after")).toEqual({ "1": "1", "2": "2" });
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

  test("a table in another region is restored by its ARN, with a key of that region", async () => {
    const arn = await make(client, "Far", 35);
    const west = new DynamoDBClient({ ...cloud.clientConfig(), region: "us-west-2" });
    const input = { SourceTableArn: arn, TargetTableName: "Far-west", UseLatestRestorableTime: true };
    await expect(restore(west, input)).rejects.toMatchObject({
      message: "Invalid Request: sseSpecificationOverride must be provided for cross-region restores",
    });
    await restore(west, { ...input, SSESpecificationOverride: { Enabled: true } });
    const { Table } = await west.send(new DescribeTableCommand({ TableName: "Far-west" }));
    expect(Table?.TableArn).toBe("arn:aws:dynamodb:us-west-2:000000000000:table/Far-west");
    west.destroy();
  });
});
