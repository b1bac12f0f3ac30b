// A promotion whose stack does not come up: what is recorded, and that the commands it names lead back.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudFormation } from "@aws-sdk/client-cloudformation";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { readRuns } from "../promotion/run-record.ts";
import { sampleProject } from "../vitest/sample-project.ts";
import { promotedApp, SUITE, type PromotedApp } from "./promoted-app.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const KEYS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
const CONFIG = ["--config", "vitest.config.js"];

const first = { code: '"hello"', key: "id" };
const project = sampleProject(
  {
    "shop.test.js": SUITE,
    "vitest.config.js": `export default { test: { globalSetup: "hangar/vitest/setup", tags: [{ name: "smoke" }], testTimeout: 60000 } };`,
    ...promotedApp(first),
  },
  process.env,
);
let cloud: RunningCloud;

/** A table that somebody made by hand, in the account alone: no stack can have its name. */
beforeAll(async () => {
  cloud = await startCloud({ account: ACCOUNT, region: REGION });
  const targets = { aws: { account: ACCOUNT, region: REGION, endpoint: cloud.endpoint } };
  project.write("hangar.config.json", JSON.stringify({ targets }));
  await new DynamoDB(cloud.clientConfig()).createTable({
    TableName: "taken",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  });
});
afterAll(async () => {
  await cloud.close();
  project.remove();
});

/** Changes the app, passes it on the embedded target, promotes it. */
async function promote(app: PromotedApp): ReturnType<typeof project.hangar> {
  for (const [name, text] of Object.entries(promotedApp(app))) writeFileSync(join(project.path, name), text);
  const { code, said } = await project.hangar(["test", ...CONFIG]);
  expect(code, said).toBe(0);
  return project.hangar(["promote", "--to", "aws", "--yes", ...CONFIG], KEYS);
}

const hash = (): string => assemblyHash(join(project.path, "assembly"));
const where = (): string => `aws --account ${ACCOUNT} --region ${REGION} --endpoint-url ${cloud.endpoint}`;

async function status(): Promise<string | undefined> {
  const { Stacks = [] } = await new CloudFormation(cloud.clientConfig()).describeStacks({});
  return Stacks.find(({ StackName }) => StackName === "Shop")?.StackStatus;
}

/** The one command that is named, without the program's name. */
function wayIn(said: string): readonly string[] {
  const [, way = ""] = /The way back:\n {2}hangar (.*)\n$/.exec(said) ?? [];
  return way.split(" ");
}

test("a new stack that does not come up is recorded, and destroyed on the way back", async () => {
  const { code, said } = await promote({ ...first, tableName: "taken" });
  expect(code).toBe(1);
  expect(said).toContain("taken");
  expect(readRuns(project.path, hash()).at(-1)).toMatchObject({
    place: { target: "aws" },
    result: "failed",
    failure: expect.stringContaining("cdk deploy failed"),
    tests: { passed: 0, failed: 0 },
  });
  expect(wayIn(said).join(" ")).toBe(`destroy Shop --target ${where()} --app ${join(".hangar", "assemblies", hash())}`);
  const back = await project.hangar(wayIn(said), KEYS);
  expect(back.code, back.said).toBe(0);
  expect(await status()).toBeUndefined();
});

test("an update that does not come up goes back to the assembly that passed there", async () => {
  const passed = await promote(first);
  expect(passed.code, passed.said).toBe(0);
  const green = hash();
  const { code, said } = await promote({ ...first, tableName: "taken" });
  expect(code).toBe(1);
  expect(await status()).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(wayIn(said).join(" ")).toBe(`promote --to ${where()} --app ${join(".hangar", "assemblies", green)}`);
  const back = await project.hangar([...wayIn(said), "--yes", ...CONFIG], KEYS);
  expect(back.code, back.said).toBe(0);
});
