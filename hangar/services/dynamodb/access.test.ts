// IAM and resource policies on tables, with users of their own.

import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  ListTablesCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  TransactWriteItemsCommand,
  UntagResourceCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeStreamCommand, DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let root: DynamoDBClient;
let streamArn: string;

const TableName = "Private";
const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "access" });
  root = new DynamoDBClient(cloud.clientConfig());
  const { TableDescription } = await root.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "city", AttributeType: "S" },
      ],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byCity",
          KeySchema: [{ AttributeName: "city", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      Tags: [{ Key: "team", Value: "blue" }],
    }),
  );
  streamArn = TableDescription?.LatestStreamArn ?? "";
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
  const porter = await user("porter", {
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

test("a list of tables is asked of all tables there may be", async () => {
  const nobody = await user("lister");
  await expect(nobody.send(new ListTablesCommand())).rejects.toMatchObject({
    message:
      "User: arn:aws:iam::000000000000:user/lister is not authorized to perform: dynamodb:ListTables on resource: arn:aws:dynamodb:us-east-1:000000000000:table/* because no identity-based policy allows the dynamodb:ListTables action",
  });
});

test("dynamodb:Select: who may see some attributes has to ask for them by name", async () => {
  const reader = await user("reader", {
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
  const indexed = await user("indexed", { Action: "dynamodb:Query", Resource: `${arn}/index/byCity` });
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
  const writer = await user("writer", {
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
  const careful = await user("careful", {
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
  const blind = await user("blind", {
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
  const blue = await user("blue", {
    Action: "dynamodb:*",
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } },
  });
  await blue.send(new GetItemCommand({ TableName, Key: Key("a") }));
  const red = await user("red", {
    Action: "dynamodb:*",
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceTag/team": "red" } },
  });
  await expect(red.send(new GetItemCommand({ TableName, Key: Key("a") }))).rejects.toMatchObject(denied);
  const tagger = await user("tagger", {
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

const policyOf = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });

test("a stream has a policy of its own", async () => {
  const watcher = await user("watcher");
  const streams = new DynamoDBStreamsClient({
    ...cloud.clientConfig(),
    credentials: await watcher.config.credentials(),
  });
  const describe = () => streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  await expect(describe()).rejects.toMatchObject(denied);
  const statement = (Action: string) => ({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::000000000000:user/watcher" },
    Action,
    Resource: streamArn,
  });
  const put = (Action: string) =>
    root.send(new PutResourcePolicyCommand({ ResourceArn: streamArn, Policy: policyOf(statement(Action)) }));
  // As AWS answers: https://github.com/aws-controllers-k8s/dynamodb-controller/pull/176
  await expect(put("dynamodb:ListStreams")).rejects.toMatchObject({
    name: "ValidationException",
    message:
      'One or more parameter values were invalid: Invalid policy document: The following action names are invalid: "dynamodb:ListStreams"',
  });
  await put("dynamodb:DescribeStream");
  await describe();
  await root.send(new DeleteResourcePolicyCommand({ ResourceArn: streamArn }));
  await expect(describe()).rejects.toMatchObject(denied);
});

test("policies have revisions, and nobody shuts themselves out unasked", async () => {
  const ResourceArn = arn;
  const lock = policyOf({
    Effect: "Deny",
    Principal: "*",
    Action: "dynamodb:PutResourcePolicy",
    Resource: arn,
  });
  await expect(root.send(new PutResourcePolicyCommand({ ResourceArn, Policy: lock }))).rejects.toMatchObject({
    name: "ValidationException",
  });
  const open = policyOf({ Effect: "Allow", Principal: { AWS: "*" }, Action: "dynamodb:GetItem", Resource: arn });
  await root.send(new DeleteResourcePolicyCommand({ ResourceArn }));
  const missing = { name: "PolicyNotFoundException" };
  await expect(root.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject(missing);
  const put = (ExpectedRevisionId: string) =>
    root.send(new PutResourcePolicyCommand({ ResourceArn, Policy: open, ExpectedRevisionId }));
  await expect(put("1234")).rejects.toMatchObject(missing);
  const { RevisionId = "" } = await put("NO_POLICY");
  await expect(put("NO_POLICY")).rejects.toMatchObject(missing);
  expect(await put(RevisionId)).toMatchObject({ RevisionId });
  expect(await root.send(new GetResourcePolicyCommand({ ResourceArn }))).toMatchObject({ Policy: open, RevisionId });
  for (const [Policy, why] of [
    ["nonsense", "This policy contains invalid Json"],
    [
      policyOf({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "dynamodb:GetItem",
        Resource: arn,
      }),
      "Policy contains invalid service principal",
    ],
    [policyOf({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: arn }), "Missing required field Principal"],
  ] as const)
    await expect(root.send(new PutResourcePolicyCommand({ ResourceArn, Policy }))).rejects.toMatchObject({
      message: `One or more parameter values were invalid: Invalid policy document: ${why}`,
    });
  await expect(
    root.send(new PutResourcePolicyCommand({ ResourceArn, Policy: `${open}${" ".repeat(20_480)}` })),
  ).rejects.toMatchObject({ name: "ValidationException" });
  // And with the word for it, even root is out.
  await root.send(new PutResourcePolicyCommand({ ResourceArn, Policy: lock, ConfirmRemoveSelfResourceAccess: true }));
  await expect(root.send(new PutResourcePolicyCommand({ ResourceArn, Policy: open }))).rejects.toMatchObject(denied);
  await root.send(new DeleteResourcePolicyCommand({ ResourceArn }));
});

test("a table's policy speaks for its indexes by their ARNs, and names roles that are there", async () => {
  const finder = await user("finder");
  const query = (IndexName: string | undefined) =>
    finder.send(
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: "#k = :v",
        ExpressionAttributeNames: { "#k": IndexName === undefined ? "pk" : "city" },
        ExpressionAttributeValues: { ":v": { S: "x" } },
      }),
    );
  const put = (principal: string) =>
    root.send(
      new PutResourcePolicyCommand({
        ResourceArn: arn,
        Policy: policyOf({
          Effect: "Allow",
          Principal: { AWS: principal },
          Action: "dynamodb:Query",
          Resource: `${arn}/index/byCity`,
        }),
      }),
    );
  await put("arn:aws:iam::000000000000:user/finder");
  await query("byCity");
  await expect(query(undefined)).rejects.toMatchObject(denied);
  // As AWS answers: https://github.com/hashicorp/terraform-provider-aws/issues/42933
  await expect(put("arn:aws:iam::000000000000:role/nobody")).rejects.toMatchObject({
    name: "ValidationException",
    message: "One or more parameter values were invalid: Invalid principal in policy document.",
  });
  await root.send(new DeleteResourcePolicyCommand({ ResourceArn: arn }));
});

test("another account comes in by the table's policy and its own", async () => {
  const other = new DynamoDBClient({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: "111111111111", secretAccessKey: "test" },
  });
  const get = () => other.send(new GetItemCommand({ TableName: arn, Key: Key("a") }));
  await expect(get()).rejects.toMatchObject({
    message: `User: arn:aws:iam::111111111111:root is not authorized to perform: dynamodb:GetItem on resource: ${arn} because no resource-based policy allows the dynamodb:GetItem action`,
  });
  await root.send(
    new PutResourcePolicyCommand({
      ResourceArn: arn,
      Policy: policyOf({
        Effect: "Allow",
        Principal: { AWS: "111111111111" },
        Action: ["dynamodb:GetItem", "dynamodb:DescribeTable"],
        Resource: arn,
      }),
    }),
  );
  await get();
  const { Table } = await other.send(new DescribeTableCommand({ TableName: arn }));
  expect(Table?.TableArn).toBe(arn);
  await expect(other.send(new PutItemCommand({ TableName: arn, Item: Key("a") }))).rejects.toMatchObject(denied);
});
