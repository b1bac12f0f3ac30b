// Expiry of items by the clock, through the real clients.

import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "ttl" });
  // Clients sign with the host's time: a held clock moves away from it without their signatures growing old.
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const TableName = "Sessions";
const inSeconds = (seconds: number) => ({ N: String(Math.floor(cloud.clock.now() / 1000) + seconds) });
const ids = async () =>
  ((await client.send(new ScanCommand({ TableName }))).Items ?? [])
    .map((item) => item["id"]?.S ?? "")
    .toSorted((a, b) => a.localeCompare(b));
const put = (id: string, seconds: number) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, until: inSeconds(seconds) } }));

describe("UpdateTimeToLive", () => {
  test("items are gone when their time is over, written before or after it was turned on", async () => {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "OLD_IMAGE" },
      }),
    );
    await put("early", 60);
    await client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: "until" } }),
    );
    expect((await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: "ENABLED",
      AttributeName: "until",
    });
    await put("late", 600);
    await put("moved", 60);
    await put("moved", 6000);
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "text" }, until: { S: "1" } } }));
    await cloud.clock.advance("2 minutes");
    expect(await ids()).toEqual(["late", "moved", "text"]);
    await cloud.clock.advance("10 minutes");
    expect(await ids()).toEqual(["moved", "text"]);
    const streams = new DynamoDBStreamsClient(cloud.clientConfig());
    const StreamArn = TableDescription?.LatestStreamArn;
    const ShardId = (await streams.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription?.Shards?.[0]
      ?.ShardId;
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    const removed = ((await streams.send(new GetRecordsCommand({ ShardIterator }))).Records ?? []).filter(
      (record) => record.eventName === "REMOVE",
    );
    expect(removed.map((record) => [record.dynamodb?.Keys?.["id"]?.S, record.userIdentity])).toEqual([
      ["early", { PrincipalId: "dynamodb.amazonaws.com", Type: "Service" }],
      ["late", { PrincipalId: "dynamodb.amazonaws.com", Type: "Service" }],
    ]);
  });

  test("turning it on twice is refused; turned off, nothing expires", async () => {
    const on = { Enabled: true, AttributeName: "until" };
    await expect(
      client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: on })),
    ).rejects.toMatchObject({ name: "ValidationException", message: "TimeToLive is already enabled" });
    for (const Enabled of [true, false])
      await expect(
        client.send(
          new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName: "other" } }),
        ),
      ).rejects.toMatchObject({
        name: "ValidationException",
        message: "TimeToLive is active on a different AttributeName: current AttributeName is until",
      });
    const off = new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { ...on, Enabled: false } });
    await client.send(off);
    await expect(client.send(off)).rejects.toMatchObject({ message: "TimeToLive is already disabled" });
    await cloud.clock.advance("1 day");
    expect(await ids()).toEqual(["moved", "text"]);
    expect((await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: "DISABLED",
    });
  });

  test("items whose time is more than five years gone stay, and so do those whose attribute is no number", async () => {
    const name = { TableName: "Ancient" };
    await client.send(
      new CreateTableCommand({
        ...name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    const year = 365 * 24 * 3600;
    const items = {
      ancient: inSeconds(-6 * year),
      old: inSeconds(-4 * year),
      text: { S: "1" },
      list: { L: [{ N: "1" }] },
    };
    for (const [id, until] of Object.entries(items))
      await client.send(new PutItemCommand({ ...name, Item: { id: { S: id }, until } }));
    await client.send(
      new UpdateTimeToLiveCommand({ ...name, TimeToLiveSpecification: { Enabled: true, AttributeName: "until" } }),
    );
    await client.send(new PutItemCommand({ ...name, Item: { id: { S: "ancient2" }, until: inSeconds(-6 * year) } }));
    await cloud.clock.advance("1 day");
    const { Items = [] } = await client.send(new ScanCommand(name));
    expect(Items.map((item) => item["id"]?.S ?? "").toSorted()).toEqual(["ancient", "ancient2", "list", "text"]);
  });

  test("where tables take AWS's time, a change takes an hour and no other comes before", async () => {
    const timed = cloud.fork("timed-ttl");
    timed.dynamodb({ tableStates: "timed" });
    const there = new DynamoDBClient(timed.clientConfig());
    const on = { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: "until" } };
    const off = { TableName, TimeToLiveSpecification: { Enabled: false, AttributeName: "until" } };
    const described = async () =>
      (await there.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
    await there.send(new UpdateTimeToLiveCommand(on));
    expect(await described()).toEqual({ TimeToLiveStatus: "ENABLING", AttributeName: "until" });
    await expect(there.send(new UpdateTimeToLiveCommand(off))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Time to live has been modified multiple times within a fixed interval",
    });
    await timed.clock.advance("1 hour");
    expect(await described()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "until" });
    await there.send(new UpdateTimeToLiveCommand(off));
    expect(await described()).toEqual({ TimeToLiveStatus: "DISABLING", AttributeName: "until" });
    await timed.clock.advance("1 hour");
    expect(await described()).toEqual({ TimeToLiveStatus: "DISABLED" });
    timed.dispose();
  });
});
