// A warm start: an app that has not changed is brought back as it was deployed, and works.

import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { settle } from "../cloud/settle.ts";
import { openCloud, type ClientConfig } from "../index.ts";
import { deployWarm, warmPort, type Deployment } from "./warm-start.ts";

let project = "";
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "hangar-warm-"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Writes each message into the bucket. */
const consumer = `
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");
exports.handler = async ({ Records = [] }) => {
  const s3 = new S3Client({ forcePathStyle: true });
  for (const { body } of Records)
    await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: body, Body: "x" }));
  return Records.length;
};`;

const arn = (id: string): unknown => ({ "Fn::GetAtt": [id, "Arn"] });
const resources = {
  Role: {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      },
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    },
  },
  Bucket: { Type: "AWS::S3::Bucket" },
  Jobs: { Type: "AWS::SQS::Queue" },
  Consumer: {
    Type: "AWS::Lambda::Function",
    Properties: {
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: arn("Role"),
      Code: { ZipFile: consumer },
      Environment: { Variables: { BUCKET: { Ref: "Bucket" } } },
    },
  },
  Source: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: { EventSourceArn: arn("Jobs"), FunctionName: { Ref: "Consumer" } },
  },
};

function writeApp(more: object = {}): void {
  const artifact = {
    type: "aws:cloudformation:stack",
    environment: "aws://unknown-account/unknown-region",
    properties: { templateFile: "App.template.json" },
  };
  const Outputs = {
    Bucket: { Value: { Ref: "Bucket" } },
    Jobs: { Value: { Ref: "Jobs" } },
    Consumer: { Value: { Ref: "Consumer" } },
  };
  mkdirSync(join(project, "cdk.out"), { recursive: true });
  writeFileSync(
    join(project, "cdk.out/manifest.json"),
    JSON.stringify({ version: "48.0.0", artifacts: { App: artifact } }),
  );
  const template = { Resources: { ...resources, ...more }, Outputs };
  writeFileSync(join(project, "cdk.out/App.template.json"), JSON.stringify(template));
}

type Started = Deployment & { readonly said: readonly string[]; readonly took: number };

/** A run of its own: a cloud, the deployment, what `use` does with it, the end. */
async function run(
  use: (outputs: Readonly<Record<string, string>>, config: ClientConfig, settled: () => Promise<void>) => Promise<void>,
): Promise<Started> {
  const folder = join(project, "worlds");
  const { cloud, close } = await openCloud({ port: warmPort(folder) });
  try {
    const said: string[] = [];
    const start = { assembly: join(project, "cdk.out"), init: join(project, "init"), folder };
    const began = performance.now();
    const deployment = await deployWarm(cloud, start, (line) => said.push(line));
    const took = performance.now() - began;
    const [stack] = deployment.stacks;
    const config = { ...deployment.deployed.clients, requestHandler: undefined } as unknown as ClientConfig;
    await use(stack?.outputs ?? {}, config, () => settle(cloud.world, 30_000));
    expect(cloud.bugs).toEqual([]);
    return { ...deployment, said, took };
  } finally {
    await close();
  }
}

const nothing = (): Promise<void> => Promise.resolve();

test("gives the same outputs and a working world: functions run, queues are polled, nothing of the last run is there", async () => {
  writeApp();
  const worked = async (
    { Bucket = "", Jobs = "", Consumer = "" }: Readonly<Record<string, string>>,
    config: ClientConfig,
    settled: () => Promise<void>,
  ): Promise<void> => {
    expect((await new S3(config).listObjectsV2({ Bucket })).Contents).toBeUndefined();
    const { Payload } = await new Lambda(config).invoke({ FunctionName: Consumer, Payload: "{}" });
    expect(Buffer.from(Payload ?? []).toString()).toBe("0");
    await new SQS(config).sendMessage({ QueueUrl: Jobs, MessageBody: "cat.png" });
    await settled();
    const { Contents = [] } = await new S3(config).listObjectsV2({ Bucket });
    expect(Contents.map(({ Key }) => Key)).toEqual(["cat.png"]);
  };
  const cold = await run(worked);
  expect(cold).toMatchObject({ restored: false });
  const warm = await run(worked);
  expect(warm).toMatchObject({ restored: true, stacks: cold.stacks, deployed: cold.deployed, said: [] });
  const again = await run(worked);
  expect(again).toMatchObject({ restored: true, stacks: cold.stacks });
});

test("work that fell due since the world was kept would run at once: the app is deployed anew", async () => {
  const Properties = { ScheduleExpression: "rate(1 day)", State: "ENABLED" };
  writeApp({ Daily: { Type: "AWS::Events::Rule", Properties } });
  await run(nothing);
  expect((await run(nothing)).restored).toBe(true);
  const [world = ""] = readdirSync(join(project, "worlds"));
  const file = join(project, "worlds", world, "deployed.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as { due: number };
  expect(kept.due).toBeGreaterThan(0);
  writeFileSync(file, JSON.stringify({ ...kept, due: 1 }));
  expect((await run(nothing)).restored).toBe(false);
  expect((await run(nothing)).restored).toBe(true);
});

test("an app or an init script that has changed is deployed anew", async () => {
  writeApp();
  expect((await run(nothing)).restored).toBe(false);
  writeApp({ More: { Type: "AWS::SQS::Queue" } });
  expect((await run(nothing)).restored).toBe(false);
  expect((await run(nothing)).restored).toBe(true);
  mkdirSync(join(project, "init"));
  writeFileSync(join(project, "init/one.sh"), "awslocal s3 mb s3://one");
  expect((await run(nothing)).restored).toBe(false);
  expect((await run(nothing)).restored).toBe(true);
});

test("a kept world that is damaged is said to be, and the app deployed anew", async () => {
  writeApp();
  await run(nothing);
  const [world = ""] = readdirSync(join(project, "worlds"));
  rmSync(join(project, "worlds", world, "tables"), { recursive: true });
  const { restored, said } = await run(nothing);
  expect(restored).toBe(false);
  expect(said[0]).toMatch(/^Deployed anew: .* is missing\.$/);
  expect((await run(nothing)).restored).toBe(true);
});

test("the worlds least lately used go", async () => {
  for (let each = 0; each < 6; each += 1) {
    writeApp({ [`More${each}`]: { Type: "AWS::SQS::Queue" } });
    await run(nothing);
    for (const [index, name] of readdirSync(join(project, "worlds")).entries())
      if (name !== "port" && each === 0) utimesSync(join(project, "worlds", name, "deployed.json"), index, index);
  }
  expect(readdirSync(join(project, "worlds")).filter((name) => name !== "port")).toHaveLength(4);
  writeApp({ More0: { Type: "AWS::SQS::Queue" } });
  expect((await run(nothing)).restored).toBe(false);
  writeApp({ More5: { Type: "AWS::SQS::Queue" } });
  expect((await run(nothing)).restored).toBe(true);
});
