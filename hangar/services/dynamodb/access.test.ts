// IAM policies on tables, with users of their own.

import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  TransactWriteItemsCommand,
  UntagResourceCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { createPrivateTable, Key, TableName, arn, denied, user } from "./test-private-table.ts";

let cloud: RunningCloud;
let root: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "access" });
  root = new DynamoDBClient(cloud.clientConfig());
  await createPrivateTable(root);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a denial names user, action and table", async () => {
  const nobody = await user(cloud, "nobody");
  await expect(nobody.send(new GetItemCommand({ TableName, Key: Key("a") }))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `User: arn:aws:iam::000000000000:user/nobody is not authorized to perform: dynamodb:GetItem on resource: ${arn} because no identity-based policy allows the dynamodb:GetItem action`,
  });
});

test("dynamodb:LeadingKeys keeps a user to their own partition", async () => {
  const ann = await user(cloud, "ann", {
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

test("dynamodb:LeadingKeys has every attribute of an index's partition key", async () => {
  const names = ["pk", "city", "street"];
  await root.send(
    new CreateTableCommand({
      TableName: "Doors",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byStreet",
          KeySchema: ["city", "street"].map((AttributeName) => ({ AttributeName, KeyType: "HASH" })),
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  const porter = await user(cloud, "porter", {
    Action: "dynamodb:Query",
    Resource: "arn:aws:dynamodb:us-east-1:000000000000:table/Doors/index/byStreet",
    Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["Bonn", "Ring"] } },
  });
  const query = (street: string) =>
    porter.send(
      new QueryCommand({
        TableName: "Doors",
        IndexName: "byStreet",
        KeyConditionExpression: "city = :c AND street = :s",
        ExpressionAttributeValues: { ":c": { S: "Bonn" }, ":s": { S: street } },
      }),
    );
  expect((await query("Ring")).Count).toBe(0);
  await expect(query("Markt")).rejects.toMatchObject(denied);
});

test("dynamodb:Attributes keeps a user to some attributes", async () => {
  const clerk = await user(cloud, "clerk", {
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

test("a list of tables is asked of all tables there may be", async () => {
  const nobody = await user(cloud, "lister");
  await expect(nobody.send(new ListTablesCommand())).rejects.toMatchObject({
    message:
      "User: arn:aws:iam::000000000000:user/lister is not authorized to perform: dynamodb:ListTables on resource: arn:aws:dynamodb:us-east-1:000000000000:table/* because no identity-based policy allows the dynamodb:ListTables action",
  });
});

test("dynamodb:Select: who may see some attributes has to ask for them by name", async () => {
  const reader = await user(cloud, "reader", {
    Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"],
    Resource: [arn, `${arn}/index/*`],
    Condition: {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "city"] },
      StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
    },
  });
  const ProjectionExpression = "pk, city";
  await reader.send(new GetItemCommand({ TableName, Key: Key("a"), ProjectionExpression }));
  await reader.send(new ScanCommand({ TableName, ProjectionExpression }));
  const batch = (more: object) =>
    reader.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key("a")], ...more } } }));
  await batch({ ProjectionExpression });
  for (const all of [
    reader.send(new GetItemCommand({ TableName, Key: Key("a") })),
    reader.send(new GetItemCommand({ TableName, Key: Key("a"), ProjectionExpression: "pk, salary" })),
    reader.send(new ScanCommand({ TableName })),
    reader.send(new ScanCommand({ TableName, Select: "COUNT" })),
    batch({}),
  ])
    await expect(all).rejects.toMatchObject(denied);
});

test("an index has an ARN of its own", async () => {
  const indexed = await user(cloud, "indexed", { Action: "dynamodb:Query", Resource: `${arn}/index/byCity` });
  const query = (IndexName: string | undefined, name: string) =>
    indexed.send(
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: "#k = :v",
        ExpressionAttributeNames: { "#k": name },
        ExpressionAttributeValues: { ":v": { S: "x" } },
      }),
    );
  await query("byCity", "city");
  await expect(query(undefined, "pk")).rejects.toMatchObject({
    message: expect.stringContaining(`dynamodb:Query on resource: ${arn} because`),
  });
});

test("batches are judged by the keys and attributes of all their items", async () => {
  const writer = await user(cloud, "writer", {
    Action: "dynamodb:BatchWriteItem",
    Resource: arn,
    Condition: {
      "ForAllValues:StringEquals": {
        "dynamodb:LeadingKeys": ["mine", "ours"],
        "dynamodb:Attributes": ["pk", "city"],
      },
      StringEqualsIfExists: { "dynamodb:ReturnConsumedCapacity": "NONE" },
    },
  });
  const write = (items: Record<string, { S: string }>[], more: object = {}) =>
    writer.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
        ...more,
      }),
    );
  await write([Key("mine"), { ...Key("ours"), city: { S: "Bonn" } }]);
  await expect(write([Key("mine"), Key("theirs")])).rejects.toMatchObject(denied);
  await expect(write([Key("mine"), { ...Key("ours"), salary: { S: "1" } }])).rejects.toMatchObject(denied);
  await expect(write([Key("mine")], { ReturnConsumedCapacity: "TOTAL" })).rejects.toMatchObject(denied);
});

test("dynamodb:EnclosingOperation tells a transaction's writes from others", async () => {
  const careful = await user(cloud, "careful", {
    Action: ["dynamodb:PutItem", "dynamodb:ConditionCheckItem"],
    Resource: arn,
    Condition: { StringEquals: { "dynamodb:EnclosingOperation": ["TransactWriteItems"] } },
  });
  await careful.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: Key("t") } }] }));
  await expect(careful.send(new PutItemCommand({ TableName, Item: Key("t") }))).rejects.toMatchObject(denied);
  await expect(
    careful.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName, Item: Key("t") } }, { Delete: { TableName, Key: Key("u") } }],
      }),
    ),
  ).rejects.toMatchObject({
    message: expect.stringContaining(`is not authorized to perform: dynamodb:DeleteItem on resource: ${arn}`),
  });
});

test("dynamodb:ReturnValues keeps old values from those who may not see them", async () => {
  const blind = await user(cloud, "blind", {
    Action: "dynamodb:PutItem",
    Resource: arn,
    Condition: { StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" } },
  });
  await blind.send(new PutItemCommand({ TableName, Item: Key("v") }));
  await expect(
    blind.send(new PutItemCommand({ TableName, Item: Key("v"), ReturnValues: "ALL_OLD" })),
  ).rejects.toMatchObject(denied);
});

test("rights by tags: of the table, and of the request", async () => {
  const blue = await user(cloud, "blue", {
    Action: "dynamodb:*",
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } },
  });
  await blue.send(new GetItemCommand({ TableName, Key: Key("a") }));
  const red = await user(cloud, "red", {
    Action: "dynamodb:*",
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceTag/team": "red" } },
  });
  await expect(red.send(new GetItemCommand({ TableName, Key: Key("a") }))).rejects.toMatchObject(denied);
  const tagger = await user(cloud, "tagger", {
    Action: ["dynamodb:TagResource", "dynamodb:UntagResource"],
    Resource: arn,
    Condition: {
      "ForAllValues:StringEquals": { "aws:TagKeys": ["stage"] },
      StringEqualsIfExists: { "aws:RequestTag/stage": ["test"] },
    },
  });
  const tag = (Key: string, Value: string) =>
    tagger.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key, Value }] }));
  await tag("stage", "test");
  await expect(tag("stage", "live")).rejects.toMatchObject(denied);
  await expect(tag("team", "red")).rejects.toMatchObject(denied);
  await tagger.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ["stage"] }));
  await expect(tagger.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ["team"] }))).rejects.toMatchObject(
    denied,
  );
});
