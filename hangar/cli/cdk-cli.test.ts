// The unmodified CDK CLI against the real server: bootstrap, deploy, diff, deploy again, hot swap, drift, a failure, destroy.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { HeadBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { library, startCdkProject, type CdkProject } from "./test-cdk.ts";

const app = `
const { App, CfnOutput, RemovalPolicy, Stack } = require(${JSON.stringify(library)});
const lambda = require(${JSON.stringify(join(library, "aws-lambda"))});
const s3 = require(${JSON.stringify(join(library, "aws-s3"))});
const sqs = require(${JSON.stringify(join(library, "aws-sqs"))});
const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const stack = new Stack(app, "Small", { env, tags: { team: "blue" } });
const bucket = new s3.Bucket(stack, "Bucket", { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
const queue = new sqs.Queue(stack, "Queue", { queueName: "small-queue" });
const code = lambda.Code.fromAsset("function");
const fn = new lambda.Function(stack, "Function", { runtime: lambda.Runtime.NODEJS_22_X, handler: "index.handler", code, environment: { QUEUE: queue.queueUrl } });
bucket.grantRead(fn);
if (app.node.tryGetContext("broken")) new sqs.CfnQueue(stack, "Twin", { queueName: "small-queue", delaySeconds: 7 });
new CfnOutput(stack, "FunctionName", { value: fn.functionName });
new CfnOutput(stack, "BucketName", { value: bucket.bucketName });
`;

let project: CdkProject;

beforeAll(async () => {
  project = await startCdkProject(app);
  mkdirSync(join(project.folder, "function"));
  writeHandler(1);
});
afterAll(() => project.end());

function writeHandler(version: number): void {
  const text = `exports.handler = async () => ({ version: ${version}, queue: process.env.QUEUE });`;
  writeFileSync(join(project.folder, "function", "index.js"), text);
}

async function invoked(): Promise<unknown> {
  const { Payload } = await new LambdaClient(project.clientConfig).send(
    new InvokeCommand({ FunctionName: project.outputs("Small")["FunctionName"] }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

async function queues(): Promise<number> {
  const { QueueUrls = [] } = await new SQSClient(project.clientConfig).send(
    new ListQueuesCommand({ QueueNamePrefix: "small-queue" }),
  );
  return QueueUrls.length;
}

test("bootstrap updates the toolkit stack that is there from the start", async () => {
  expect(await project.succeeds("bootstrap")).toContain("✅  Environment aws://000000000000/us-east-1 bootstrapped");
});

test("deploy makes the stack, whose function runs", async () => {
  const said = await project.succeeds("deploy", "--require-approval", "never", "--outputs-file", "outputs.json");
  expect(said).toContain("✅  Small");
  expect(await invoked()).toEqual({ version: 1, queue: `${project.endpoint}/000000000000/small-queue` });
});

test("diff finds no differences, a second deploy no changes, drift no drift", async () => {
  expect(await project.succeeds("diff")).toContain("There were no differences");
  expect(await project.succeeds("deploy", "--require-approval", "never")).toContain("✅  Small (no changes)");
  expect(await project.succeeds("drift")).toContain("No drift detected");
});

test("a hot swap puts changed code in place, and the deploy after it makes it the stack's", async () => {
  writeHandler(2);
  expect(await project.succeeds("deploy", "--hotswap", "--require-approval", "never")).toContain("hotswapped!");
  expect(await invoked()).toMatchObject({ version: 2 });
  expect(await project.succeeds("diff")).toContain("AWS::Lambda::Function");
  expect(await project.succeeds("deploy", "--require-approval", "never", "--revert-drift")).toContain(
    "UPDATE_COMPLETE",
  );
  expect(await invoked()).toMatchObject({ version: 2 });
});

test("a deploy that fails says why, and leaves the stack as it was", async () => {
  const { code, said } = await project.cdk(
    "deploy",
    "--require-approval",
    "never",
    "-c",
    "broken=1",
    "--method",
    "direct",
  );
  expect(code).toBe(1);
  expect(said).toContain("UPDATE_ROLLBACK_COMPLET");
  expect(said).toContain("A queue already exists with the same name and a different value");
  expect(await queues()).toBe(1);
  expect(await project.succeeds("diff")).toContain("There were no differences");
});

test("destroy leaves nothing, not even a bucket that was full", async () => {
  const s3 = new S3Client(project.clientConfig);
  const Bucket = project.outputs("Small")["BucketName"];
  await s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body: "no" }));
  expect(await project.succeeds("destroy", "--force")).toContain("✅  Small: destroyed");
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toThrow();
  expect(await queues()).toBe(0);
});
