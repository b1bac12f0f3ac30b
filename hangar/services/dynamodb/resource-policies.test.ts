// Policies of tables and streams themselves, with users of their own and of another account.

import {
  DeleteResourcePolicyCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeStreamCommand, DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { createPrivateTable, Key, TableName, arn, denied, user } from "./test-private-table.ts";

let cloud: RunningCloud;
let root: DynamoDBClient;
let streamArn: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "access" });
  root = new DynamoDBClient(cloud.clientConfig());
  streamArn = await createPrivateTable(root);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a table's own policy lets a user in, and keeps one out", async () => {
  const guest = await user(cloud, "guest");
  const host = await user(cloud, "host", { Action: "dynamodb:*", Resource: "*" });
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

const policyOf = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });

test("a stream has a policy of its own", async () => {
  const watcher = await user(cloud, "watcher");
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
  const finder = await user(cloud, "finder");
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
