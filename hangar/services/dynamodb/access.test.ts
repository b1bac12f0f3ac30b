// IAM and resource policies on tables, with users of their own.

import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let root: DynamoDBClient;

const TableName = "Private";
const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "access" });
  root = new DynamoDBClient(cloud.clientConfig());
  await root.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function user(UserName: string, statement?: object): Promise<DynamoDBClient> {
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName }));
  if (statement !== undefined)
    await iam.send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "p",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }),
      }),
    );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return new DynamoDBClient({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
}

const Key = (pk: string) => ({ pk: { S: pk } });
const denied = { name: "AccessDeniedException" };

test("a denial names user, action and table", async () => {
  const nobody = await user("nobody");
  await expect(nobody.send(new GetItemCommand({ TableName, Key: Key("a") }))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `User: arn:aws:iam::000000000000:user/nobody is not authorized to perform: dynamodb:GetItem on resource: ${arn} because no identity-based policy allows the dynamodb:GetItem action`,
  });
});

test("dynamodb:LeadingKeys keeps a user to their own partition", async () => {
  const ann = await user("ann", {
    Action: "dynamodb:*",
    Resource: arn,
    Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["ann"] } },
  });
  await ann.send(new PutItemCommand({ TableName, Item: Key("ann") }));
  await expect(ann.send(new PutItemCommand({ TableName, Item: Key("bob") }))).rejects.toMatchObject(denied);
  const query = (pk: string) =>
    ann.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "#k = :p",
        ExpressionAttributeNames: { "#k": "pk" },
        ExpressionAttributeValues: { ":p": { S: pk } },
      }),
    );
  expect((await query("ann")).Count).toBe(1);
  await expect(query("bob")).rejects.toMatchObject(denied);
  await expect(
    ann.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName, Item: Key("ann") } }, { Delete: { TableName, Key: Key("bob") } }],
      }),
    ),
  ).rejects.toMatchObject(denied);
});

test("dynamodb:Attributes keeps a user to some attributes", async () => {
  const clerk = await user("clerk", {
    Action: "dynamodb:UpdateItem",
    Resource: arn,
    Condition: { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "note"] } },
  });
  const set = (name: string) =>
    clerk.send(
      new UpdateItemCommand({
        TableName,
        Key: Key("c"),
        UpdateExpression: "SET #n = :v",
        ExpressionAttributeNames: { "#n": name },
        ExpressionAttributeValues: { ":v": { S: "x" } },
      }),
    );
  await set("note");
  await expect(set("salary")).rejects.toMatchObject(denied);
});

test("a table's own policy lets a user in, and keeps one out", async () => {
  const guest = await user("guest");
  const host = await user("host", { Action: "dynamodb:*", Resource: "*" });
  const statement = (Effect: string, name: string) => ({
    Effect,
    Principal: { AWS: `arn:aws:iam::000000000000:user/${name}` },
    Action: "dynamodb:GetItem",
    Resource: arn,
  });
  await root.send(
    new PutResourcePolicyCommand({
      ResourceArn: arn,
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [statement("Allow", "guest"), statement("Deny", "host")],
      }),
    }),
  );
  await guest.send(new GetItemCommand({ TableName, Key: Key("a") }));
  await expect(guest.send(new PutItemCommand({ TableName, Item: Key("a") }))).rejects.toMatchObject(denied);
  await expect(host.send(new GetItemCommand({ TableName, Key: Key("a") }))).rejects.toMatchObject(denied);
});
