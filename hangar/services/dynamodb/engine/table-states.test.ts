// Tables that take AWS's time, on a held clock: what their states are, and what they refuse meanwhile.

import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import {
  TableName,
  create,
  described,
  gsi,
  inUse,
  index,
  made,
  onDemand,
  remove,
  units,
  update,
} from "../test-table-states.ts";

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

const status = () => described(client).then((table) => table?.TableStatus);

describe("a table that is created", () => {
  test("is not there for data, and for changes still in use, until it is active", async () => {
    await create(client);
    expect(await status()).toBe("CREATING");
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
    const get = () => client.send(new GetItemCommand({ TableName, Key: { id: { S: "a" } } }));
    await expect(get()).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Requested resource not found",
    });
    await inUse(create(client), `Table is being created: ${TableName}`);
    await inUse(update(client, { DeletionProtectionEnabled: true }), `Table is being created: ${TableName}`);
    await inUse(remove(client), `Table is being created: ${TableName}`);
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
    await create(client, { ...onDemand, GlobalSecondaryIndexes: [gsi("ggg")] });
    expect(await index(client)).toEqual(["CREATING", "CREATING", undefined]);
    await cloud.clock.advance("15 seconds");
    expect(await index(client)).toEqual(["CREATING", "CREATING", undefined]);
    await cloud.clock.advance("1 second");
    expect(await index(client)).toEqual(["ACTIVE", "ACTIVE", undefined]);
  });

  test("and deleted is what the SDK's waiters wait for", async () => {
    await create(client);
    const waiter = { client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.05 };
    const exists = waitUntilTableExists(waiter, { TableName });
    await cloud.clock.advance("1 minute");
    expect((await exists).state).toBe("SUCCESS");
    await remove(client);
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
    await made({ cloud, client });
    expect((await remove(client)).TableDescription?.TableStatus).toBe("DELETING");
    expect(await status()).toBe("DELETING");
    await inUse(remove(client), `Table is being deleted: ${TableName}`);
    await inUse(update(client, units(2)), `Table is being deleted: ${TableName}`);
    await expect(create(client)).rejects.toMatchObject({ message: `Table already exists: ${TableName}` });
    await cloud.clock.advance("6 seconds");
    await expect(described(client)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await create(client);
  });

  test("never is one that is protected", async () => {
    await made({ cloud, client }, { DeletionProtectionEnabled: true });
    await expect(remove(client)).rejects.toMatchObject({
      message:
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    });
    await update(client, { DeletionProtectionEnabled: false });
    await expect(update(client, { DeletionProtectionEnabled: true })).rejects.toMatchObject({
      name: "ThrottlingException",
      message: `Deletion protection setting for table ${TableName} modified within the previous 15000 milliseconds. Please try again after ${new Date(cloud.clock.now() + 15_000).toISOString().slice(0, -1)}`,
    });
    await remove(client);
  });
});

describe("a table that is updated", () => {
  const stream = { StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" as const } };
  const index2 = { GlobalSecondaryIndexUpdates: [{ Create: gsi("new", units(1)) }] };
  const infrequent = { TableClass: "STANDARD_INFREQUENT_ACCESS" as const };

  test("takes two seconds for its throughput, and nothing that meddles with it", async () => {
    await made({ cloud, client });
    expect((await update(client, units(2)))?.TableStatus).toBe("UPDATING");
    expect(await status()).toBe("UPDATING");
    await inUse(update(client, units(3)), `Table IOPS are currently being updated. Table: ${TableName}`);
    await inUse(update(client, onDemand), `Table IOPS are currently being updated. Table: ${TableName}`);
    await inUse(
      update(client, stream),
      `Can't enable or disable stream while table IOPS are being updated. Table: ${TableName}`,
    );
    await inUse(
      update(client, index2),
      `Can't create or delete indexes while table IOPS are being updated. Table: ${TableName}`,
    );
    await inUse(remove(client), `Table: ${TableName} is in the process of being updated.`);
    expect((await update(client, { DeletionProtectionEnabled: false }))?.TableStatus).toBe("ACTIVE");
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "a" } } }));
    await cloud.clock.advance("2 seconds");
    expect(await status()).toBe("ACTIVE");
    await update(client, units(3));
  });

  test("takes minutes to go on demand, seconds the next time", async () => {
    await made({ cloud, client });
    await update(client, onDemand);
    await inUse(
      update(client, { OnDemandThroughput: { MaxReadRequestUnits: 1 } }),
      "OnDemandThroughput cannot be updated while BillingMode update is in progress",
    );
    await cloud.clock.advance("2 minutes");
    expect(await status()).toBe("UPDATING");
    await cloud.clock.advance("10 seconds");
    expect(await status()).toBe("ACTIVE");
    await update(client, { BillingMode: "PROVISIONED", ...units(1) });
    await cloud.clock.advance("72 seconds");
    await update(client, onDemand);
    await cloud.clock.advance("4 seconds");
    expect(await status()).toBe("ACTIVE");
  });

  test("with a stream or a table class names what it is busy with", async () => {
    await made({ cloud, client });
    await update(client, stream);
    const { LatestStreamLabel = "" } = (await described(client)) ?? {};
    const what = `Table: ${TableName} Stream: ${LatestStreamLabel} Operation: ENABLE`;
    await inUse(update(client, units(3)), `Can't change table IOPS when stream status is being updated. ${what}`);
    await inUse(update(client, index2), `Can't create or delete an index when stream status is being updated. ${what}`);
    await inUse(remove(client), "Cannot delete table while stream is being enabled/disabled.");
    await cloud.clock.advance("5 seconds");
    await update(client, infrequent);
    await inUse(
      update(client, { TableClass: "STANDARD" }),
      `Can't update table class when a table class update is in progress. Table: ${TableName} TableClassUpdateInProgress: STANDARD_INFREQUENT_ACCESS`,
    );
  });

  test("stays active while it is encrypted or warmed, and yet cannot be deleted", async () => {
    await made({ cloud, client }, onDemand);
    await update(client, { SSESpecification: { Enabled: true } });
    expect(await described(client)).toMatchObject({ TableStatus: "ACTIVE", SSEDescription: { Status: "UPDATING" } });
    await inUse(
      update(client, { SSESpecification: { Enabled: false } }),
      "Server-Side Encryption is still being updated",
    );
    await inUse(remove(client), `Table: ${TableName} is in the process of being updated.`);
    await cloud.clock.advance("22 seconds");
    expect(await described(client)).toMatchObject({ SSEDescription: { Status: "ENABLED" } });
    await update(client, { WarmThroughput: { ReadUnitsPerSecond: 13_000 } });
    expect(await described(client)).toMatchObject({ TableStatus: "ACTIVE", WarmThroughput: { Status: "UPDATING" } });
    await cloud.clock.advance("390 seconds");
    expect(await described(client)).toMatchObject({ WarmThroughput: { Status: "ACTIVE" } });
  });
});

test("500 tables at once are what an account may change", async () => {
  for (let count = 0; count < 500; count += 1)
    await create(client, { TableName: `t${String(count).padStart(3, "0")}`, ...onDemand });
  await expect(create(client)).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted simultaneously",
  });
  await cloud.clock.advance("7 seconds");
  await create(client);
});

test("a fork carries what is under way, and nothing takes time where it is not asked for", async () => {
  await create(client);
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
