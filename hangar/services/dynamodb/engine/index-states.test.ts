// Indexes that take AWS's time, on a held clock: what their states are, and what they refuse meanwhile.

import { DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { TableName, gsi, inUse, index, made, onDemand, remove, units, update } from "../test-table-states.ts";

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

const query = () =>
  client.send(
    new QueryCommand({
      TableName,
      IndexName: "ggg",
      KeyConditionExpression: "id = :i",
      ExpressionAttributeValues: { ":i": { S: "a" } },
    }),
  );

describe("an index that is added", () => {
  const add = { GlobalSecondaryIndexUpdates: [{ Create: gsi("ggg") }] };
  const take = { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "ggg" } }] };

  test("has its place made, is filled, and can be read when that is done", async () => {
    await made({ cloud, client }, onDemand);
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: "a" } } }));
    const shown = await update(client, add);
    expect([
      shown?.TableStatus,
      shown?.GlobalSecondaryIndexes?.[0]?.IndexStatus,
      shown?.GlobalSecondaryIndexes?.[0]?.Backfilling,
    ]).toEqual(["UPDATING", "CREATING", false]);
    expect(await index(client)).toEqual(["UPDATING", "CREATING", false]);
    const where = `Table: ${TableName} Index: ggg`;
    await inUse(
      update(client, take),
      `Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. ${where}`,
    );
    await inUse(
      update(client, { OnDemandThroughput: { MaxReadRequestUnits: 1 } }),
      "OnDemandThroughput cannot be updated while index creation is in progress for indexes: [ggg]",
    );
    await cloud.clock.advance("30 seconds");
    expect(await index(client)).toEqual(["ACTIVE", "CREATING", true]);
    await expect(query()).rejects.toMatchObject({
      name: "ValidationException",
      message: "Cannot read from backfilling global secondary index: ggg",
    });
    await expect(update(client, { GlobalSecondaryIndexUpdates: [{ Create: gsi("hhh") }] })).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    });
    await inUse(remove(client), "Cannot delete table while indexes are being created, updated, or deleted.");
    await cloud.clock.advance("8 minutes");
    expect(await index(client)).toEqual(["ACTIVE", "ACTIVE", undefined]);
    expect((await query()).Count).toBe(1);
  });

  test("may be deleted while it is filled, is listed until it is gone", async () => {
    await made({ cloud, client }, onDemand);
    await update(client, add);
    await cloud.clock.advance("30 seconds");
    expect((await update(client, take))?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe("DELETING");
    expect(await index(client)).toEqual(["UPDATING", "DELETING", undefined]);
    await inUse(
      update(client, { BillingMode: "PROVISIONED", ...units(1) }),
      `Can't change table IOPS when an index is being deleted. Table: ${TableName} Indexes: [ggg]`,
    );
    await expect(query()).rejects.toMatchObject({ message: "The table does not have the specified index: ggg" });
    await cloud.clock.advance("5 seconds");
    expect(await index(client)).toEqual(["ACTIVE", undefined, undefined]);
    await update(client, add);
  });

  test("is updating for two seconds when its throughput changes", async () => {
    await made({ cloud, client }, { GlobalSecondaryIndexes: [gsi("ggg", units(1))] });
    const more = (read: number) =>
      update(client, { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "ggg", ...units(read) } }] });
    await more(2);
    expect(await index(client)).toEqual(["ACTIVE", "UPDATING", undefined]);
    await inUse(more(3), `Index is being updated. Table: ${TableName} Index: ggg`);
    await query();
    await cloud.clock.advance("2 seconds");
    expect(await index(client)).toEqual(["ACTIVE", "ACTIVE", undefined]);
  });
});
