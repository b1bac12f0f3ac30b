// What users need in which region to change global tables.

import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { change, clientsOf, globalTable, plain, type Clients } from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "replica needs" });
  clients = clientsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const arn = (region: string) => `arn:aws:dynamodb:${region}:000000000000:table/*`;
const allow = (Action: string | readonly string[], ...regions: readonly string[]) => ({
  Effect: "Allow",
  Action,
  Resource: regions.map(arn),
});

async function user(UserName: string, ...Statement: object[]): Promise<DynamoDBClient> {
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return new DynamoDBClient({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
}

const denied = (action: string, region: string, table: string) => ({
  name: "AccessDeniedException",
  message: expect.stringContaining(
    `is not authorized to perform: dynamodb:${action} on resource: ${arn(region).replace("*", table)}`,
  ),
});

test("to add a replica takes leave in the region it comes to", async () => {
  await clients["us-east-1"].send(new CreateTableCommand(plain("Grown")));
  const local = await user("local", allow("dynamodb:*", "us-east-1"));
  await expect(change(local, "Grown", { Create: { RegionName: "eu-west-1" } })).rejects.toMatchObject(
    denied("Scan", "eu-west-1", "Grown"),
  );
  const items = ["Scan", "Query", "UpdateItem", "PutItem", "GetItem", "DeleteItem", "BatchWriteItem"];
  const names = [...items, "CreateTable", "CreateTableReplica"].map((name) => `dynamodb:${name}`);
  const both = await user("both", allow("dynamodb:UpdateTable", "us-east-1"), allow(names, "eu-west-1"));
  await change(both, "Grown", { Create: { RegionName: "eu-west-1" } });
  await expect(change(both, "Grown", { Delete: { RegionName: "eu-west-1" } })).rejects.toMatchObject(
    denied("DeleteTable", "eu-west-1", "Grown"),
  );
});

test("expiry, which all replicas have alike, takes leave in all their regions", async () => {
  await globalTable(clients, "Timed", { regions: ["eu-west-1"] });
  const local = await user("timer", allow("dynamodb:*", "us-east-1"));
  const TimeToLiveSpecification = { Enabled: true, AttributeName: "until" };
  await expect(
    local.send(new UpdateTimeToLiveCommand({ TableName: "Timed", TimeToLiveSpecification })),
  ).rejects.toMatchObject(denied("UpdateTimeToLive", "eu-west-1", "Timed"));
});
