// Between what a promotion shows and what it executes: a "no", another account, another change set, a changed folder.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudFormation } from "@aws-sdk/client-cloudformation";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { keepAssembly, keptFolder } from "../promotion/kept-assembly.ts";
import { deployShown, type Dialogue, type Promotion } from "../promotion/promote.ts";
import { awsTarget } from "../targets/aws.ts";
import { sampleProject } from "../vitest/sample-project.ts";
import { enterEnvironment } from "./own-environment.ts";
import { promotedApp } from "./promoted-app.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const NAME = /^hangar-[0-9a-f]{12}$/;
const project = sampleProject(promotedApp({ code: '"hello"', key: "id" }), process.env);
const hash = assemblyHash(join(project.path, "assembly"));
let cloud: RunningCloud;
let leave: () => void;

beforeAll(async () => {
  cloud = await startCloud({ account: ACCOUNT, region: REGION });
});
afterAll(async () => {
  await cloud.close();
  project.remove();
});
beforeEach(() => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  leave = enterEnvironment({ ...Object.fromEntries(kept), ...keys });
  rmSync(keptFolder(project.path, hash), { recursive: true, force: true });
  keepAssembly(project.path, join(project.path, "assembly"), hash);
});
afterEach(() => leave());

function promotion(): Promotion {
  const expected = { account: ACCOUNT, region: REGION, endpoint: cloud.endpoint };
  const host = { environment: { ...process.env }, config: new Map(), credentials: new Map(), cdkProfiles: {} };
  const target = awsTarget({ expected, host, project: project.path }, keptFolder(project.path, hash));
  return { project: project.path, hash, place: { target: "aws", ...expected }, target, changed: [] };
}

/** Asked to deploy, does that first. */
function answering(agree: () => boolean | Promise<boolean>): Dialogue {
  return { progress: () => undefined, show: () => undefined, agree: async () => agree() };
}

const formation = (): CloudFormation => new CloudFormation(cloud.clientConfig());
const executed = (): boolean => cloud.trace.spans().some(({ name }) => name === "cloudformation:ExecuteChangeSet");

test("a no throws the change set away, and the empty stack that was made for it", async () => {
  const going = promotion();
  await expect(
    deployShown(
      going,
      answering(() => false),
    ),
  ).rejects.toThrow("Nothing was deployed.");
  await expect(formation().describeStacks({ StackName: "Shop" })).rejects.toThrow("does not exist");
  expect([going.changed, executed()]).toEqual([[], false]);
});

test("credentials that become another account's stop it, and the change set stays as it was", async () => {
  const becomesAnother = (): boolean => {
    process.env["AWS_ACCESS_KEY_ID"] = "999988887777";
    return true;
  };
  await expect(deployShown(promotion(), answering(becomesAnother))).rejects.toThrow(
    /^Stopped before it was deployed: hangar-[0-9a-f]{12} of Shop is there and not executed\. You asked for account 111122223333 in eu-west-1, but:\n {2}- the credentials are those of arn:aws:iam::999988887777:root, account 999988887777$/,
  );
  const { Summaries = [] } = await formation().listChangeSets({ StackName: "Shop" });
  expect(Summaries).toMatchObject([{ ChangeSetName: expect.stringMatching(NAME), ExecutionStatus: "AVAILABLE" }]);
  expect(executed()).toBe(false);
});

test("another change set of that name is not executed in its place", async () => {
  const replaced = async (): Promise<boolean> => {
    const { Summaries = [] } = await formation().listChangeSets({ StackName: "Shop" });
    const key = { StackName: "Shop", ChangeSetName: Summaries[0]?.ChangeSetName };
    await formation().deleteChangeSet(key);
    const TemplateBody = JSON.stringify({ Resources: { Other: { Type: "AWS::SNS::Topic" } } });
    await formation().createChangeSet({ ...key, ChangeSetType: "CREATE", TemplateBody });
    return true;
  };
  await expect(deployShown(promotion(), answering(replaced))).rejects.toThrow(
    "The change set of Shop that was shown is replaced by another: nothing of it was run.",
  );
  expect(executed()).toBe(false);
});

test("a folder that is changed while it is shown is not deployed", async () => {
  const changes = (): boolean => {
    writeFileSync(join(keptFolder(project.path, hash), "asset.greeter", "index.js"), "exports.handler = 1;\n");
    return true;
  };
  await expect(deployShown(promotion(), answering(changes))).rejects.toThrow(/was changed: it has the hash .*, not /);
  expect(executed()).toBe(false);
});

test("a yes deploys what was shown, and answers what the suites must know", async () => {
  const going = promotion();
  const deployed = await deployShown(
    going,
    answering(() => true),
  );
  expect(deployed).toMatchObject({ name: "aws", account: ACCOUNT, stacks: { Shop: { Orders: expect.any(String) } } });
  expect(going.changed).toMatchObject([{ stack: { stackName: "Shop" } }]);
  expect(executed()).toBe(true);
});
