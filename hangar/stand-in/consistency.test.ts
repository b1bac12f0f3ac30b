// What AWS documents as eventually consistent is seen late, and nothing else is.

import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { STS } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";

let cloud: RunningCloud;

beforeEach(async () => {
  cloud = await startCloud({ listen: false, seed: "consistency", consistency: "5 seconds" });
  cloud.clock.hold();
});
afterEach(() => cloud.close());

const TIMES = 40;

/** How many of as many reads were late. */
async function late(read: () => Promise<unknown>): Promise<number> {
  let failed = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const answer = await read().catch(() => undefined);
    if (answer === undefined) failed += 1;
  }
  return failed;
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

test("a new role is not seen by everybody at once, and after the time it is", async () => {
  const iam = new IAM(cloud.clientConfig());
  await iam.createRole({ RoleName: "worker", AssumeRolePolicyDocument: trust });
  await cloud.clock.advance("2 seconds");
  const failed = await late(() => iam.getRole({ RoleName: "worker" }));
  expect(failed).toBeGreaterThan(0);
  expect(failed).toBeLessThan(TIMES);
  await cloud.clock.advance("3001 ms");
  expect(await late(() => iam.getRole({ RoleName: "worker" }))).toBe(0);
  // What was not seen may be changed all the same.
  await iam.createRole({ RoleName: "other", AssumeRolePolicyDocument: trust });
  await iam.putRolePolicy({ RoleName: "other", PolicyName: "none", PolicyDocument: policy("s3:ListAllMyBuckets") });
});

function policy(Action: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
}

test("a function cannot have a role that Lambda does not see yet", async () => {
  const { Role } = await new IAM(cloud.clientConfig()).createRole({
    RoleName: "worker",
    AssumeRolePolicyDocument: trust,
  });
  const lambda = new Lambda({ ...cloud.clientConfig(), maxAttempts: 1 });
  const dryRun = (): Promise<unknown> =>
    lambda.createFunction({
      FunctionName: "jobs",
      Role: Role?.Arn,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: Buffer.from("no zip") },
    });
  await expect(dryRun()).rejects.toThrow("The role defined for the function cannot be assumed by Lambda");
});

test("a policy is in force for a caller only after a while; keys of a session work at once", async () => {
  const iam = new IAM(cloud.clientConfig());
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: cloud.account }, Action: "sts:AssumeRole" }],
  });
  const { Role } = await iam.createRole({ RoleName: "reader", AssumeRolePolicyDocument });
  await cloud.clock.advance("6 seconds");
  const { Credentials: keys } = await new STS(cloud.clientConfig()).assumeRole({
    RoleArn: Role?.Arn,
    RoleSessionName: "test",
  });
  const credentials = {
    accessKeyId: keys?.AccessKeyId ?? "",
    secretAccessKey: keys?.SecretAccessKey ?? "",
    sessionToken: keys?.SessionToken ?? "",
  };
  const reader = { ...cloud.clientConfig(), credentials };
  expect((await new STS(reader).getCallerIdentity({})).Arn).toContain("assumed-role/reader/test");
  await iam.putRolePolicy({ RoleName: "reader", PolicyName: "list", PolicyDocument: policy("sqs:ListQueues") });
  const list = (): Promise<unknown> => new SQS(reader).listQueues({});
  const failed = await late(list);
  expect(failed).toBeGreaterThan(0);
  await cloud.clock.advance("6 seconds");
  expect(await late(list)).toBe(0);
});

test("an item is read late without ConsistentRead, and at once with it", async () => {
  const dynamodb = new DynamoDB(cloud.clientConfig());
  const TableName = "orders";
  await dynamodb.createTable({
    TableName,
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });
  expect(await late(() => dynamodb.describeTable({ TableName }))).toBeGreaterThan(0);
  await cloud.clock.advance("6 seconds");
  const Key = { id: { S: "1" } };
  await dynamodb.putItem({ TableName, Item: Key });
  const read = async (ConsistentRead: boolean): Promise<unknown> =>
    (await dynamodb.getItem({ TableName, Key, ConsistentRead })).Item;
  expect(await late(() => read(true))).toBe(0);
  expect(await late(() => read(false))).toBeGreaterThan(0);
  await cloud.clock.advance("6 seconds");
  expect(await late(() => read(false))).toBe(0);
});

test("objects are there at once; a bucket's settings and its name in the list are not", async () => {
  const s3 = new S3(cloud.clientConfig());
  const Bucket = "photos";
  await s3.listBuckets({});
  await s3.createBucket({ Bucket });
  await s3.putObject({ Bucket, Key: "a", Body: "x" });
  expect(await late(() => s3.headObject({ Bucket, Key: "a" }))).toBe(0);
  const listed = async (): Promise<unknown> => (await s3.listBuckets({})).Buckets?.find(({ Name }) => Name === Bucket);
  expect(await late(listed)).toBeGreaterThan(0);
  await cloud.clock.advance("6 seconds");
  expect(await late(listed)).toBe(0);
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } });
  expect(await late(async () => (await s3.getBucketVersioning({ Bucket })).Status)).toBeGreaterThan(0);
});

test("a queue's counts lag behind its messages", async () => {
  const sqs = new SQS(cloud.clientConfig());
  const { QueueUrl } = await sqs.createQueue({ QueueName: "jobs" });
  await cloud.clock.advance("6 seconds");
  await sqs.sendMessage({ QueueUrl, MessageBody: "x" });
  const counted = async (): Promise<unknown> => {
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
    return Attributes?.["ApproximateNumberOfMessages"] === "1" ? true : undefined;
  };
  expect(await late(counted)).toBeGreaterThan(0);
  expect((await sqs.receiveMessage({ QueueUrl })).Messages).toHaveLength(1);
});
