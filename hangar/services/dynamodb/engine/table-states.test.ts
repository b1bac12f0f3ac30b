// Tables and indexes that take AWS's time, on a held clock: what their states are, and what they refuse meanwhile.

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

beforeEach(async () => {
  cloud = await startCloud({ listen: false, seed: "states", dynamodb: { tableStates: "timed" } });
  cloud.clock.hold();
  client = new DynamoDBClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterEach(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const TableName = "things";
const STILL = "Attempt to change a resource which is still in use: ";
const units = (read: number, write = read) => ({
  ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write },
});
const onDemand = { BillingMode: "PAY_PER_REQUEST" as const, ProvisionedThroughput: undefined };
const gsi = (IndexName: string, more = {}) => ({
  IndexName,
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
  Projection: { ProjectionType: "ALL" as const },
  ...more,
});
const create = (more: Partial<CreateTableCommandInput> = {}) =>
  client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      ...units(1),
      ...more,
    }),
  );
const made = async (more: Partial<CreateTableCommandInput> = {}): Promise<void> => {
  await create(more);
  await cloud.clock.advance("16 seconds");
};
const update = (more: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName, ...more })).then(({ TableDescription }) => TableDescription);
const described = () => client.send(new DescribeTableCommand({ TableName })).then(({ Table }) => Table);
const status = () => described().then((table) => table?.TableStatus);
const index = () =>
  described().then((table) => {
    const [first] = table?.GlobalSecondaryIndexes ?? [];
    return [table?.TableStatus, first?.IndexStatus, first?.Backfilling];
  });
const remove = () => client.send(new DeleteTableCommand({ TableName }));
const inUse = (call: Promise<unknown>, message: string) =>
  expect(call).rejects.toMatchObject({ name: "ResourceInUseException", message: STILL + message });
const query = () =>
  client.send(
    new QueryCommand({
      TableName,
      IndexName: "ggg",
      KeyConditionExpression: "id = :i",
      ExpressionAttributeValues: { ":i": { S: "a" } },
    }),
  );

describe("a table that is created", () => {
  test("is not there for data, and for changes still in use, until it is active", async () => {
    await create();
    expect(await status()).toBe("CREATING");
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
    const get = () => client.send(new GetItemCommand({ TableName, Key: { id: { S: "a" } } }));
    await expect(get()).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Requested resource not found",
    });
    await inUse(create(), `Table is being created: ${TableName}`);
    await inUse(update({ DeletionProtectionEnabled: true }), `Table is being created: ${TableName}`);
    await inUse(remove(), `Table is being created: ${TableName}`);
    const TimeToLiveSpecification = { Enabled: true, AttributeName: "ttl" };
    await expect(
      client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification })),
    ).rejects.toMatchObject({ message: `Requested resource not found: Table: ${TableName} not found` });
    await expect(client.send(new DescribeTimeToLiveCommand({ TableName }))).rejects.toMatchObject({
      message: "Cannot describe time to live while table is in CREATING state: Current table state is CREATING",
    });
    await cloud.clock.advance("7 seconds");
    expect(await status()).toBe("ACTIVE");
    await get();
  });

  test("becomes active together with its indexes", async () => {
    await create({ ...onDemand, GlobalSecondaryIndexes: [gsi("ggg")] });
    expect(await index()).toEqual(["CREATING", "CREATING", undefined]);
    await cloud.clock.advance("15 seconds");
    expect(await index()).toEqual(["CREATING", "CREATING", undefined]);
    await cloud.clock.advance("1 second");
    expect(await index()).toEqual(["ACTIVE", "ACTIVE", undefined]);
  });

  test("and deleted is what the SDK's waiters wait for", async () => {
    await create();
    const waiter = { client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.05 };
    const exists = waitUntilTableExists(waiter, { TableName });
    await cloud.clock.advance("1 minute");
    expect((await exists).state).toBe("SUCCESS");
    await remove();
    const gone = waitUntilTableNotExists(waiter, { TableName });
    await cloud.clock.advance("1 minute");
    expect((await gone).state).toBe("SUCCESS");
  });

  test("by CloudFormation is there when the stack is", async () => {
    const { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } =
      await import("@aws-sdk/client-cloudformation");
    const stacks = new CloudFormationClient(cloud.clientConfig());
    const Properties = {
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      TimeToLiveSpecification: { Enabled: true, AttributeName: "ttl" },
    };
    const TemplateBody = JSON.stringify({ Resources: { Table: { Type: "AWS::DynamoDB::Table", Properties } } });
    await stacks.send(new CreateStackCommand({ StackName: "app", TemplateBody }));
    await cloud.settle();
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: "app" }));
    expect([Stacks?.[0]?.StackStatus, await status()]).toEqual(["CREATE_COMPLETE", "ACTIVE"]);
  });
});

describe("a table that is deleted", () => {
  test("is listed as such until it is gone, and its name is taken", async () => {
    await made();
    expect((await remove()).TableDescription?.TableStatus).toBe("DELETING");
    expect(await status()).toBe("DELETING");
    await inUse(remove(), `Table is being deleted: ${TableName}`);
    await inUse(update(units(2)), `Table is being deleted: ${TableName}`);
    await expect(create()).rejects.toMatchObject({ message: `Table already exists: ${TableName}` });
    await cloud.clock.advance("6 seconds");
    await expect(described()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await create();
  });

  test("never is one that is protected", async () => {
    await made({ DeletionProtectionEnabled: true });
    await expect(remove()).rejects.toMatchObject({
      message:
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    });
    await update({ DeletionProtectionEnabled: false });
    await expect(update({ DeletionProtectionEnabled: true })).rejects.toMatchObject({
      name: "ThrottlingException",
      message: `Deletion protection setting for table ${TableName} modified within the previous 15000 milliseconds. Please try again after ${new Date(cloud.clock.now() + 15_000).toISOString().slice(0, -1)}`,
    });
    await remove();
  });
});

describe("a table that is updated", () => {
  const stream = { StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" as const } };
  const index2 = { GlobalSecondaryIndexUpdates: [{ Create: gsi("new", units(1)) }] };
  const infrequent = { TableClass: "STANDARD_INFREQUENT_ACCESS" as const };

  test("takes two seconds for its throughput, and nothing that meddles with it", async () => {
    await made();
    expect((await update(units(2)))?.TableStatus).toBe("UPDATING");
    expect(await status()).toBe("UPDATING");
    await inUse(update(units(3)), `Table IOPS are currently being updated. Table: ${TableName}`);
    await inUse(update(onDemand), `Table IOPS are currently being updated. Table: ${TableName}`);
    await inUse(
      update(stream),
      `Can't enable or disable stream while table IOPS are being updated. Table: ${TableName}`,
    );
    await inUse(
      update(index2),
      `Can't create or delete indexes while table IOPS are being updated. Table: ${TableName}`,
    );
    await inUse(remove(), `Table: ${TableName} is in the process of being updated.`);
    expect((await update({ DeletionProtectionEnabled: false }))?.TableStatus).toBe("ACTIVE");
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "a" } } }));
    await cloud.clock.advance("2 seconds");
    expect(await status()).toBe("ACTIVE");
    await update(units(3));
  });

  test("takes minutes to go on demand, seconds the next time", async () => {
    await made();
    await update(onDemand);
    await inUse(
      update({ OnDemandThroughput: { MaxReadRequestUnits: 1 } }),
      "OnDemandThroughput cannot be updated while BillingMode update is in progress",
    );
    await cloud.clock.advance("2 minutes");
    expect(await status()).toBe("UPDATING");
    await cloud.clock.advance("10 seconds");
    expect(await status()).toBe("ACTIVE");
    await update({ BillingMode: "PROVISIONED", ...units(1) });
    await cloud.clock.advance("72 seconds");
    await update(onDemand);
    await cloud.clock.advance("4 seconds");
    expect(await status()).toBe("ACTIVE");
  });

  test("with a stream or a table class names what it is busy with", async () => {
    await made();
    await update(stream);
    const { LatestStreamLabel = "" } = (await described()) ?? {};
    const what = `Table: ${TableName} Stream: ${LatestStreamLabel} Operation: ENABLE`;
    await inUse(update(units(3)), `Can't change table IOPS when stream status is being updated. ${what}`);
    await inUse(update(index2), `Can't create or delete an index when stream status is being updated. ${what}`);
    await inUse(remove(), "Cannot delete table while stream is being enabled/disabled.");
    await cloud.clock.advance("5 seconds");
    await update(infrequent);
    await inUse(
      update({ TableClass: "STANDARD" }),
      `Can't update table class when a table class update is in progress. Table: ${TableName} TableClassUpdateInProgress: STANDARD_INFREQUENT_ACCESS`,
    );
  });

  test("stays active while it is encrypted or warmed, and yet cannot be deleted", async () => {
    await made(onDemand);
    await update({ SSESpecification: { Enabled: true } });
    expect(await described()).toMatchObject({ TableStatus: "ACTIVE", SSEDescription: { Status: "UPDATING" } });
    await inUse(update({ SSESpecification: { Enabled: false } }), "Server-Side Encryption is still being updated");
    await inUse(remove(), `Table: ${TableName} is in the process of being updated.`);
    await cloud.clock.advance("22 seconds");
    expect(await described()).toMatchObject({ SSEDescription: { Status: "ENABLED" } });
    await update({ WarmThroughput: { ReadUnitsPerSecond: 13_000 } });
    expect(await described()).toMatchObject({ TableStatus: "ACTIVE", WarmThroughput: { Status: "UPDATING" } });
    await cloud.clock.advance("390 seconds");
    expect(await described()).toMatchObject({ WarmThroughput: { Status: "ACTIVE" } });
  });
});

describe("an index that is added", () => {
  const add = { GlobalSecondaryIndexUpdates: [{ Create: gsi("ggg") }] };
  const take = { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "ggg" } }] };

  test("has its place made, is filled, and can be read when that is done", async () => {
    await made(onDemand);
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "a" } } }));
    const shown = await update(add);
    expect([
      shown?.TableStatus,
      shown?.GlobalSecondaryIndexes?.[0]?.IndexStatus,
      shown?.GlobalSecondaryIndexes?.[0]?.Backfilling,
    ]).toEqual(["UPDATING", "CREATING", false]);
    expect(await index()).toEqual(["UPDATING", "CREATING", false]);
    const where = `Table: ${TableName} Index: ggg`;
    await inUse(
      update(take),
      `Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. ${where}`,
    );
    await inUse(
      update({ OnDemandThroughput: { MaxReadRequestUnits: 1 } }),
      "OnDemandThroughput cannot be updated while index creation is in progress for indexes: [ggg]",
    );
    await cloud.clock.advance("30 seconds");
    expect(await index()).toEqual(["ACTIVE", "CREATING", true]);
    await expect(query()).rejects.toMatchObject({
      name: "ValidationException",
      message: "Cannot read from backfilling global secondary index: ggg",
    });
    await expect(update({ GlobalSecondaryIndexUpdates: [{ Create: gsi("hhh") }] })).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    });
    await inUse(remove(), "Cannot delete table while indexes are being created, updated, or deleted.");
    await cloud.clock.advance("8 minutes");
    expect(await index()).toEqual(["ACTIVE", "ACTIVE", undefined]);
    expect((await query()).Count).toBe(1);
  });

  test("may be deleted while it is filled, is listed until it is gone", async () => {
    await made(onDemand);
    await update(add);
    await cloud.clock.advance("30 seconds");
    expect((await update(take))?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe("DELETING");
    expect(await index()).toEqual(["UPDATING", "DELETING", undefined]);
    await inUse(
      update({ BillingMode: "PROVISIONED", ...units(1) }),
      `Can't change table IOPS when an index is being deleted. Table: ${TableName} Indexes: [ggg]`,
    );
    await expect(query()).rejects.toMatchObject({ message: "The table does not have the specified index: ggg" });
    await cloud.clock.advance("5 seconds");
    expect(await index()).toEqual(["ACTIVE", undefined, undefined]);
    await update(add);
  });

  test("is updating for two seconds when its throughput changes", async () => {
    await made({ GlobalSecondaryIndexes: [gsi("ggg", units(1))] });
    const more = (read: number) =>
      update({ GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "ggg", ...units(read) } }] });
    await more(2);
    expect(await index()).toEqual(["ACTIVE", "UPDATING", undefined]);
    await inUse(more(3), `Index is being updated. Table: ${TableName} Index: ggg`);
    await query();
    await cloud.clock.advance("2 seconds");
    expect(await index()).toEqual(["ACTIVE", "ACTIVE", undefined]);
  });
});

test("500 tables at once are what an account may change", async () => {
  for (let count = 0; count < 500; count += 1)
    await create({ TableName: `t${String(count).padStart(3, "0")}`, ...onDemand });
  await expect(create()).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted simultaneously",
  });
  await cloud.clock.advance("7 seconds");
  await create();
});

test("a fork carries what is under way, and nothing takes time where it is not asked for", async () => {
  await create();
  const fork = cloud.fork();
  await fork.clock.advance("7 seconds");
  const there = new DynamoDBClient(fork.clientConfig());
  const of = (from: DynamoDBClient) =>
    from.send(new DescribeTableCommand({ TableName })).then(({ Table }) => Table?.TableStatus);
  expect([await of(there), await of(client)]).toEqual(["ACTIVE", "CREATING"]);
  fork.dynamodb({ tableStates: "instant" });
  await there.send(new DeleteTableCommand({ TableName }));
  await expect(of(there)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  fork.dispose();
});
