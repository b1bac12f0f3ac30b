// The unmodified CDK CLI against the real server: bootstrap, deploy, diff, deploy again, hot swap, drift, a failure, destroy.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { HeadBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";

const require = createRequire(import.meta.url);
const library = dirname(require.resolve("aws-cdk-lib/package.json"));
const program = join(dirname(require.resolve("aws-cdk/package.json")), "bin", "cdk");
const main = join(import.meta.dirname, "main.ts");
const folder = mkdtempSync(join(tmpdir(), "hangar-cdk-"));
const TIME = 120_000;

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

let server: ChildProcess;
let environment: Record<string, string | undefined>;
let endpoint: string;

beforeAll(async () => {
  mkdirSync(join(folder, "function"));
  writeFileSync(join(folder, "app.cjs"), app);
  writeFileSync(
    join(folder, "cdk.json"),
    JSON.stringify({ app: `"${process.execPath}" app.cjs`, versionReporting: false }),
  );
  writeHandler(1);
  server = spawn(process.execPath, [main, "start", "--port", "0", "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<string>((resolve, reject) => {
    server.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    server.once("exit", (code) => reject(new Error(`The server ended: ${code}`)));
  });
  const instance = JSON.parse(said) as { readonly endpoint: string; readonly environment: Record<string, string> };
  endpoint = instance.endpoint;
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_|^NODE_OPTIONS$/.test(name));
  const quiet = { CDK_DISABLE_CLI_TELEMETRY: "1", CDK_DISABLE_VERSION_CHECK: "1", CDK_VALIDATION: "false", CI: "1" };
  environment = { ...Object.fromEntries(kept), ...instance.environment, ...quiet, CDK_HOME: join(folder, "home") };
}, TIME);

afterAll(async () => {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

function writeHandler(version: number): void {
  const text = `exports.handler = async () => ({ version: ${version}, queue: process.env.QUEUE });`;
  writeFileSync(join(folder, "function", "index.js"), text);
}

async function cdk(...words: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [program, ...words, "--no-notices", "--no-color"], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

async function succeeds(...words: readonly string[]): Promise<string> {
  const { code, said } = await cdk(...words);
  if (code !== 0) throw new Error(said);
  return said;
}

function clientConfig(): {
  endpoint: string;
  region: string;
  forcePathStyle: true;
  credentials: { accessKeyId: string; secretAccessKey: string };
} {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint, region: "us-east-1", forcePathStyle: true, credentials };
}

function outputs(): Record<string, string> {
  const all = JSON.parse(readFileSync(join(folder, "outputs.json"), "utf8")) as { Small: Record<string, string> };
  return all.Small;
}

async function invoked(): Promise<unknown> {
  const { Payload } = await new LambdaClient(clientConfig()).send(
    new InvokeCommand({ FunctionName: outputs()["FunctionName"] }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

async function queues(): Promise<number> {
  const { QueueUrls = [] } = await new SQSClient(clientConfig()).send(
    new ListQueuesCommand({ QueueNamePrefix: "small-queue" }),
  );
  return QueueUrls.length;
}

test(
  "bootstrap updates the toolkit stack that is there from the start",
  async () => {
    expect(await succeeds("bootstrap")).toContain("✅  Environment aws://000000000000/us-east-1 bootstrapped");
  },
  TIME,
);

test(
  "deploy makes the stack, whose function runs",
  async () => {
    const said = await succeeds("deploy", "--require-approval", "never", "--outputs-file", "outputs.json");
    expect(said).toContain("✅  Small");
    expect(await invoked()).toEqual({ version: 1, queue: `${endpoint}/000000000000/small-queue` });
  },
  TIME,
);

test(
  "diff finds no differences, a second deploy no changes, drift no drift",
  async () => {
    expect(await succeeds("diff")).toContain("There were no differences");
    expect(await succeeds("deploy", "--require-approval", "never")).toContain("✅  Small (no changes)");
    expect(await succeeds("drift")).toContain("No drift detected");
  },
  TIME,
);

test(
  "a hot swap puts changed code in place, and the deploy after it makes it the stack's",
  async () => {
    writeHandler(2);
    expect(await succeeds("deploy", "--hotswap", "--require-approval", "never")).toContain("hotswapped!");
    expect(await invoked()).toMatchObject({ version: 2 });
    expect(await succeeds("diff")).toContain("AWS::Lambda::Function");
    expect(await succeeds("deploy", "--require-approval", "never", "--revert-drift")).toContain("UPDATE_COMPLETE");
    expect(await invoked()).toMatchObject({ version: 2 });
  },
  TIME,
);

test(
  "a deploy that fails says why, and leaves the stack as it was",
  async () => {
    const { code, said } = await cdk("deploy", "--require-approval", "never", "-c", "broken=1", "--method", "direct");
    expect(code).toBe(1);
    expect(said).toContain("UPDATE_ROLLBACK_COMPLET");
    expect(said).toContain("A queue already exists with the same name and a different value");
    expect(await queues()).toBe(1);
    expect(await succeeds("diff")).toContain("There were no differences");
  },
  TIME,
);

test(
  "destroy leaves nothing, not even a bucket that was full",
  async () => {
    const s3 = new S3Client(clientConfig());
    const Bucket = outputs()["BucketName"];
    await s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body: "no" }));
    expect(await succeeds("destroy", "--force")).toContain("✅  Small: destroyed");
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toThrow();
    expect(await queues()).toBe(0);
  },
  TIME,
);
