// The AWS target, with a second cloud standing where AWS would be: the guard, the CDK CLI's whole way, and the fixtures.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kindOf } from "../comparison/aligned-calls.ts";
import { readRecording } from "../comparison/recording.ts";
import { startCloud, type RunningCloud } from "../index.ts";
import { sampleProject } from "./sample-project.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const KEYS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

const suite = `
import { test, expect } from "hangar/vitest";

test("speaks to the account", async ({ cloud, stack, aws }) => {
  expect([cloud.target, cloud.account, cloud.region]).toEqual(["aws", "${ACCOUNT}", "${REGION}"]);
  expect((await aws.sts.getCallerIdentity({})).Account).toBe("${ACCOUNT}");
  await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: process.env.KEY, Body: "x" });
  await cloud.settle({ until: () => aws.s3.headObject({ Bucket: stack.outputs.Bucket, Key: process.env.KEY }) });
});

test("moves the clock", async ({ cloud }) => {
  await cloud.clock.advance("1 minute");
});
`;

const roleOf = (purpose: string): string =>
  `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-hnb659fds-${purpose}-role-\${AWS::AccountId}-\${AWS::Region}`;

const properties = {
  templateFile: "../Photos.template.json",
  stackName: "Photos",
  assumeRoleArn: roleOf("deploy"),
  cloudFormationExecutionRoleArn: roleOf("cfn-exec"),
};
const environment = "aws://unknown-account/unknown-region";
const displayName = "Stage/Photos";
const artifacts = { StagePhotos: { type: "aws:cloudformation:stack", environment, displayName, properties } };
/** An app with a stage: its stacks are in an assembly of their own. */
const files = {
  "assembly/manifest.json": {
    version: "48.0.0",
    artifacts: { Stage: { type: "cdk:cloud-assembly", properties: { directoryName: "stage" } } },
  },
  "assembly/stage/manifest.json": { version: "48.0.0", artifacts },
};

const project = sampleProject(
  {
    "account.test.js": suite,
    ...Object.fromEntries(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)])),
  },
  process.env,
);
let cloud: RunningCloud;
let flags: readonly string[];

beforeAll(async () => {
  cloud = await startCloud({ account: ACCOUNT, region: REGION });
  flags = ["--target", "aws", "--account", ACCOUNT, "--region", REGION, "--endpoint-url", cloud.endpoint];
});
afterAll(async () => {
  await cloud.close();
  project.remove();
});

/** What was called there since the last question. */
const called = (
  (seen = 0) =>
  () => {
    const calls = cloud.trace.spans().filter(({ kind }) => kind === "call");
    const names = calls.slice(seen).map(({ name }) => name);
    seen = calls.length;
    return new Set(names);
  }
)();

function outcomes(report: Awaited<ReturnType<typeof project.vitest>>["report"]): Record<string, string> {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return Object.fromEntries(results.map(({ title, status }) => [title, status]));
}

test("credentials of another account write nothing", async () => {
  const other = { AWS_ACCESS_KEY_ID: "999988887777", AWS_SECRET_ACCESS_KEY: "test" };
  for (const command of ["deploy", "destroy", "diff", "test"]) {
    const { code, said } = await project.hangar([command, ...flags], other);
    expect({ code, said }).toEqual({
      code: 1,
      said: `Nothing was written. You asked for account ${ACCOUNT} in ${REGION}, but:
  - the credentials are those of arn:aws:iam::999988887777:root, account 999988887777
`,
    });
  }
  expect(called()).toEqual(new Set(["sts:GetCallerIdentity"]));
});

test("what disagrees on this machine stops it before anybody is asked", async () => {
  const config = join(project.path, "config");
  writeFileSync(
    config,
    "[profile elsewhere]\nregion = us-east-1\nservices = local\n[services local]\nsqs =\n  endpoint_url = http://localhost:1\n",
  );
  const profile = { AWS_CONFIG_FILE: config, AWS_PROFILE: "elsewhere" };
  const { code, said } = await project.hangar(["deploy", ...flags], profile);
  expect({ code, said }).toEqual({
    code: 1,
    said: `Nothing was written. You asked for account ${ACCOUNT} in ${REGION}, but:
  - sqs.endpoint_url in the services section local is http://localhost:1, not ${cloud.endpoint}
  - the profile elsewhere is for region us-east-1; set AWS_REGION=${REGION} if you mean it
`,
  });
  const unsaid = await project.hangar(["deploy", "--target", "aws"], KEYS);
  expect(unsaid.said).toContain("--target aws needs the account it may write to");
  expect(called()).toEqual(new Set());
});

test("deploy, diff and test go to the account that STS named, by the CDK CLI", async () => {
  const run = async (...words: string[]): Promise<string> => {
    const { code, said } = await project.hangar([...words, ...flags], { ...KEYS, KEY: "by-command" });
    expect(code, said).toBe(0);
    return said;
  };
  expect(await run("diff")).toContain("[+] AWS::SQS::Queue Jobs");
  const deployed = await run("deploy");
  expect(deployed).toContain(`aws: arn:aws:iam::${ACCOUNT}:root, ${REGION}, ${cloud.endpoint}`);
  expect(deployed).toMatch(/^Photos\n {2}Bucket = photos-/m);
  const calls = called();
  for (const each of ["sts:GetCallerIdentity", "sts:AssumeRole", "cloudformation:ExecuteChangeSet"])
    expect(calls).toContain(each);
  expect(await run("diff")).toContain("Photos: no changes");
  const tested = await run("test", "--config", "vitest.config.js", "--record", "recorded");
  expect(tested).toMatch(/↓ account\.test\.js > moves the clock.* \[AWS's time cannot be moved\]/);
  expect(tested).toContain("1 passed | 1 skipped");
  const recorded = readRecording(join(project.path, "recorded"));
  expect(recorded.target).toBe("aws");
  expect([...recorded.tests.values()].map(({ outcome, calls }) => [outcome, calls.map(kindOf)])).toEqual([
    ["skip", []],
    ["pass", ["sts:GetCallerIdentity", "s3:PutObject", "s3:HeadObject"]],
  ]);
  expect(called()).toContain("s3:PutObject");
});

test("the fixtures deploy there by themselves when the configuration says so", async () => {
  const settings = { target: "aws", aws: { account: ACCOUNT, region: REGION, endpoint: cloud.endpoint } };
  const config = (env: object): string =>
    `export default ${JSON.stringify({ test: { globalSetup: "hangar/vitest/setup", provide: { hangar: settings }, env, testTimeout: 60_000 } })};`;
  writeFileSync(join(project.path, "vitest.config.js"), config({}));
  const { report, said } = await project.vitest({ ...KEYS, KEY: "by-fixture" });
  expect(outcomes(report), said).toEqual({ "speaks to the account": "passed", "moves the clock": "skipped" });
  expect(said).toContain(`*** This is not AWS: ${cloud.endpoint} stands in for it`);
  called();
  // vitest's own settings reach the workers only.
  writeFileSync(join(project.path, "vitest.config.js"), config({ AWS_ACCESS_KEY_ID: "999988887777" }));
  const other = await project.vitest({ ...KEYS, KEY: "never" });
  expect(outcomes(other.report), other.said).toEqual({
    "speaks to the account": "failed",
    "moves the clock": "failed",
  });
  expect(other.said).toContain("the credentials are those of arn:aws:iam::999988887777:root, account 999988887777");
  expect(called()).not.toContain("s3:PutObject");
});

test("destroy deletes the stack there as AWS would: not while its bucket has objects", async () => {
  const full = await project.hangar(["destroy", ...flags], KEYS);
  expect(full.code, full.said).toBe(1);
  expect(full.said).toContain("The bucket you tried to delete is not empty");
  const s3 = new S3(cloud.clientConfig());
  const { Buckets = [] } = await s3.listBuckets({});
  const Bucket = Buckets.find(({ Name }) => Name?.startsWith("photos-"))?.Name;
  for (const Key of ["by-command", "by-fixture"]) await s3.deleteObject({ Bucket, Key });
  expect(await project.hangar(["destroy", ...flags], KEYS)).toMatchObject({
    code: 0,
    said: expect.stringContaining("Photos: destroyed\n"),
  });
  expect((await project.hangar(["destroy", ...flags], KEYS)).said).toContain("Photos: there is no such stack");
  await expect(s3.headBucket({ Bucket: String(Bucket) })).rejects.toThrow();
});
