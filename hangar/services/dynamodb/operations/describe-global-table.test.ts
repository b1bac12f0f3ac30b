// The legacy API of global tables, as it answers today. Texts are those recorded from AWS.

import {
  CreateGlobalTableCommand,
  DescribeGlobalTableCommand,
  DescribeGlobalTableSettingsCommand,
  ListGlobalTablesCommand,
  UpdateGlobalTableCommand,
  UpdateGlobalTableSettingsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { clientsOf, globalTable, type Clients } from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "legacy" });
  clients = clientsOf(cloud);
  await globalTable(clients, "Current", { regions: ["eu-west-1"] });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const unsupported = {
  name: "ValidationException",
  message:
    "One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).",
};
const missing = (start = "") => ({
  name: "GlobalTableNotFoundException",
  message: `${start}Global table with name: 'Current' does not exist.`,
});

test("nothing of version 2017.11.29 can be made any more", async () => {
  const client = clients["us-east-1"];
  await expect(
    client.send(
      new CreateGlobalTableCommand({ GlobalTableName: "Legacy", ReplicationGroup: [{ RegionName: "us-east-1" }] }),
    ),
  ).rejects.toMatchObject(unsupported);
  const update = (ReplicaUpdates: object[]) =>
    client.send(new UpdateGlobalTableCommand({ GlobalTableName: "Current", ReplicaUpdates }));
  await expect(update([{ Create: { RegionName: "eu-west-1" } }])).rejects.toMatchObject(unsupported);
  await expect(update([{ Delete: { RegionName: "eu-west-1" } }])).rejects.toMatchObject(
    missing("Global table not found: "),
  );
  await expect(update([])).rejects.toMatchObject({
    name: "ValidationException",
    message: "One or more parameter values were invalid",
  });
});

test("it does not see the global tables of today", async () => {
  const client = clients["us-east-1"];
  const GlobalTableName = "Current";
  await expect(client.send(new DescribeGlobalTableCommand({ GlobalTableName }))).rejects.toMatchObject(
    missing("Global table not found: "),
  );
  await expect(client.send(new DescribeGlobalTableSettingsCommand({ GlobalTableName }))).rejects.toMatchObject(
    missing(),
  );
  await expect(
    client.send(new UpdateGlobalTableSettingsCommand({ GlobalTableName, GlobalTableBillingMode: "PAY_PER_REQUEST" })),
  ).rejects.toMatchObject(missing());
  const { GlobalTables, LastEvaluatedGlobalTableName } = await client.send(
    new ListGlobalTablesCommand({ RegionName: "eu-west-1", Limit: 1 }),
  );
  expect([GlobalTables, LastEvaluatedGlobalTableName]).toEqual([[], undefined]);
  await expect(client.send(new ListGlobalTablesCommand({ RegionName: "us-fake-9" }))).rejects.toMatchObject({
    name: "InternalServerError",
    $metadata: { httpStatusCode: 500 },
  });
});
