// One suite, its files unchanged, on the embedded target and on a LocalStack that runs: LOCALSTACK_ENDPOINT names it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sampleProject, type Report } from "./sample-project.ts";

const consumer = `
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");
const s3 = new S3Client({ forcePathStyle: true });
exports.handler = async ({ Records }) => {
  for (const { body } of Records) {
    if (body === "slow") await new Promise((done) => setTimeout(done, 8000));
    await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: body, Body: "done" }));
  }
};`;

const allow = (Action: string, of: string, more = ""): unknown => ({
  Effect: "Allow",
  Action,
  Resource: { "Fn::Sub": `\${${of}.Arn}${more}` },
});

const template = {
  Resources: {
    Photos: { Type: "AWS::S3::Bucket" },
    Jobs: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 60 } },
    Idle: { Type: "AWS::SQS::Queue" },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
        Policies: [
          {
            PolicyName: "work",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [allow("s3:PutObject", "Photos", "/*"), allow("sqs:*", "Jobs")],
            },
          },
        ],
      },
    },
    Consumer: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Timeout: 30,
        Role: { "Fn::GetAtt": ["Role", "Arn"] },
        Code: { ZipFile: consumer },
        Environment: { Variables: { BUCKET: { Ref: "Photos" } } },
      },
    },
    Polling: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: { "Fn::GetAtt": ["Jobs", "Arn"] },
        FunctionName: { Ref: "Consumer" },
        BatchSize: 1,
      },
    },
  },
  Outputs: {
    Bucket: { Value: { Ref: "Photos" } },
    JobsUrl: { Value: { Ref: "Jobs" } },
    IdleUrl: { Value: { Ref: "Idle" } },
  },
};

const suite = `
import { expect, test } from "hangar/vitest";

const keysIn = async (aws, Bucket) => ((await aws.s3.listObjectsV2({ Bucket })).Contents ?? []).map(({ Key }) => Key);

test("a message is worked off once the cloud has settled", async ({ aws, cloud, stack }) => {
  // Nobody consumes that queue: it keeps nobody waiting.
  await aws.sqs.sendMessage({ QueueUrl: stack.outputs.IdleUrl, MessageBody: "for nobody" });
  for (const MessageBody of ["one", "two"]) await aws.sqs.sendMessage({ QueueUrl: stack.outputs.JobsUrl, MessageBody });
  await cloud.settle();
  expect(await keysIn(aws, stack.outputs.Bucket)).toEqual(expect.arrayContaining(["one", "two"]));
});

test("until answers", async ({ aws, cloud, stack }) => {
  await aws.sqs.sendMessage({ QueueUrl: stack.outputs.JobsUrl, MessageBody: "three" });
  const until = async () => {
    const keys = await keysIn(aws, stack.outputs.Bucket);
    expect(keys).toContain("three");
    return keys.length;
  };
  expect(await cloud.settle({ within: "1 minute", until })).toBeGreaterThan(0);
});

test("what is pending is said", async ({ aws, cloud, stack }) => {
  await aws.sqs.sendMessage({ QueueUrl: stack.outputs.JobsUrl, MessageBody: "slow" });
  await expect(cloud.settle({ within: "3 seconds" })).rejects.toThrow(
    cloud.target === "embedded" ? /not settled/i : /queue .*Jobs.*: 1 (waiting|in flight)/,
  );
  await cloud.settle();
  expect(await keysIn(aws, stack.outputs.Bucket)).toContain("slow");
});

test("IAM is enforced", async ({ cloud }) => {
  cloud.needs("iam");
});

test("time moves", async ({ cloud }) => {
  const before = await cloud.clock.now();
  await cloud.clock.advance("1 hour");
  expect(await cloud.clock.now()).toBeGreaterThanOrEqual(before + 3_600_000);
});
`;

const project = sampleProject(
  { "assembly/Photos.template.json": JSON.stringify(template), "same.test.js": suite },
  process.env,
);
afterAll(() => project.remove());

async function runOn(target: "embedded" | "localstack"): Promise<{ outcomes: Record<string, string>; said: string }> {
  const options = { globalSetup: "hangar/vitest/setup", provide: { hangar: { target } }, testTimeout: 120_000 };
  writeFileSync(join(project.path, "vitest.config.js"), `export default ${JSON.stringify({ test: options })};`);
  const endpoint = process.env["LOCALSTACK_ENDPOINT"];
  const { report, said } = await project.vitest(endpoint === undefined ? {} : { LOCALSTACK_ENDPOINT: endpoint });
  return { outcomes: outcomesOf(report), said };
}

function outcomesOf({ testResults }: Report): Record<string, string> {
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return Object.fromEntries(results.map(({ title, status }) => [title, status]));
}

const all = {
  "a message is worked off once the cloud has settled": "passed",
  "until answers": "passed",
  "what is pending is said": "passed",
};

test("embedded", async () => {
  const { outcomes, said } = await runOn("embedded");
  expect(outcomes, said).toEqual({ ...all, "IAM is enforced": "passed", "time moves": "passed" });
});

test.skipIf(!process.env["LOCALSTACK_ENDPOINT"])("localstack", { timeout: 400_000 }, async () => {
  const { outcomes, said } = await runOn("localstack");
  expect(outcomes, said).toEqual({ ...all, "IAM is enforced": "skipped", "time moves": "skipped" });
  expect(said).toContain("[LocalStack community does not enforce IAM]");
  expect(said).toContain("[LocalStack's time cannot be moved]");
  const destroyed = await project.hangar(["destroy", "--target", "localstack"], {
    LOCALSTACK_ENDPOINT: process.env["LOCALSTACK_ENDPOINT"],
  });
  expect(destroyed.said).toContain("Photos: destroyed");
});
