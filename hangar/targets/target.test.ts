// What every target does alike, each behind the one interface; another cloud stands where AWS would be, LocalStack is asked where one runs.

import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { childEnvironment } from "../cli/instance.ts";
import { instanceTarget } from "../cli/open-target.ts";
import { openCloud } from "../index.ts";
import { readAssembly, type StackArtifact } from "./assembly.ts";
import { awsTarget } from "./aws.ts";
import { embeddedTarget } from "./embedded.ts";
import { localStackTarget } from "./localstack.ts";
import type { Target } from "./target.ts";

const ACCOUNT = "111122223333";
const region = "eu-west-1";
const assembly = mkdtempSync(join(tmpdir(), "hangar-targets-"));
const stackName = `Small-${randomUUID().slice(0, 8)}`;
const properties = { templateFile: "Small.template.json", stackName };
const environment = "aws://unknown-account/unknown-region";

const files = {
  "manifest.json": {
    version: "48.0.0",
    artifacts: { Small: { type: "aws:cloudformation:stack", environment, properties } },
  },
  "Small.template.json": {
    Resources: { Jobs: { Type: "AWS::SQS::Queue" } },
    Outputs: { QueueName: { Value: { "Fn::GetAtt": ["Jobs", "QueueName"] } } },
  },
};

type Cloud = Awaited<ReturnType<typeof openCloud>>;
let clouds: readonly Cloud[] = [];

beforeAll(async () => {
  mkdirSync(assembly, { recursive: true });
  for (const [name, value] of Object.entries(files)) writeFileSync(join(assembly, name), JSON.stringify(value));
  clouds = await Promise.all([openCloud({}), openCloud({}), openCloud({ account: ACCOUNT, region })]);
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const { close } of clouds) await close();
  rmSync(assembly, { recursive: true });
});

const cloudAt = (index: number): Cloud => clouds[index] as Cloud;
const project = join(import.meta.dirname, "../..");

function localstack(endpoint: string, folder = assembly): Target {
  const account = "000000000000";
  const instance = { pid: 0, port: Number(new URL(endpoint).port), endpoint, region: "us-east-1", account };
  const settings = { endpoint, region: "us-east-1", project, assembly: folder, uniqueId: randomUUID };
  return localStackTarget({ ...settings, environment: childEnvironment(instance) });
}

const TARGETS: readonly (readonly [string, () => Target, boolean])[] = [
  ["embedded, in this process", () => embeddedTarget(cloudAt(0).cloud), true],
  [
    "embedded, an instance that runs",
    () => {
      const { cloud, port } = cloudAt(1);
      const { origin: endpoint, account } = cloud;
      return instanceTarget({ pid: process.pid, port, endpoint, region: cloud.region, account }, assembly);
    },
    true,
  ],
  [
    "aws",
    () => {
      const expected = { account: ACCOUNT, region, endpoint: cloudAt(2).cloud.origin };
      const host = { environment: process.env, config: new Map(), credentials: new Map(), cdkProfiles: {} };
      return awsTarget({ expected, host, project }, assembly);
    },
    true,
  ],
  [
    "localstack",
    () => localstack(String(process.env["LOCALSTACK_ENDPOINT"])),
    process.env["LOCALSTACK_ENDPOINT"] !== undefined,
  ],
];

test("LocalStack is one account: a stack that is bound to another is refused before LocalStack is asked", async () => {
  const bound = join(assembly, "bound");
  mkdirSync(bound);
  const stack = { type: "aws:cloudformation:stack", environment: "aws://111122223333/us-east-1", properties };
  writeFileSync(join(bound, "manifest.json"), JSON.stringify({ version: "48.0.0", artifacts: { Small: stack } }));
  const target = localstack("http://127.0.0.1:9", bound);
  const [artifact] = readAssembly(bound) as [StackArtifact];
  await expect(target.deploy(artifact, () => undefined)).rejects.toThrow(
    `Nothing was written. LocalStack is account 000000000000 in us-east-1, but:
  - the stack ${stackName} is for account 111122223333`,
  );
});

describe.each(TARGETS.filter(([, , there]) => there))("%s", (_name, open) => {
  test("deploys, compares, tells outputs, settles and destroys", async () => {
    const target = open();
    const [stack] = readAssembly(assembly) as [StackArtifact];
    const said: string[] = [];
    const progress = (line: string): void => void said.push(line);
    expect(await target.outputs(stackName)).toBeUndefined();
    expect(await target.diff(stack)).toMatchObject({ stackName, changed: true });

    const deployed = await target.deploy(stack, progress);
    expect(deployed).toEqual({
      stackName,
      stackId: expect.stringContaining(`:${target.account}:stack/${stackName}/`),
      outputs: { QueueName: expect.stringMatching(new RegExp(`^${stackName}-Jobs`)) },
      changed: true,
    });
    expect(await target.outputs(stackName)).toEqual(deployed.outputs);
    expect(await target.watched([stackName])).toEqual({ queues: [], logGroups: [] });
    await target.settle([stackName]);
    expect(await target.diff(stack)).toMatchObject({ stackName, changed: false });
    expect(await target.deploy(stack, progress)).toEqual({ ...deployed, changed: false });

    await target.destroy(stackName, progress);
    expect(await target.outputs(stackName)).toBeUndefined();
    expect(said).toEqual([]);
  });
});
