// An app that is bound to an account: hangar.config.ts makes the embedded cloud that account, and the same assembly goes on to it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startCloud } from "../index.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { readRuns } from "../promotion/run-record.ts";
import { sampleProject } from "../vitest/sample-project.ts";
import { promotedApp } from "./promoted-app.ts";

const bound = { account: "111122223333", region: "eu-west-1" };
const CONFIG = ["--config", "vitest.config.js"];

const suite = `
import { test, expect } from "hangar/vitest";

test("its own account", async ({ cloud, stack, aws }) => {
  expect([cloud.account, cloud.region]).toEqual(["${bound.account}", "${bound.region}"]);
  expect((await aws.sts.getCallerIdentity({})).Account).toBe("${bound.account}");
  const { Payload } = await aws.lambda.invoke({ FunctionName: stack.outputs.Greeter });
  expect(Payload.transformToString()).toBe('"hello"');
});`;
const project = sampleProject(
  { "bound.test.js": suite, ...promotedApp({ code: '"hello"', key: "id", bound }) },
  process.env,
);
const hash = assemblyHash(join(project.path, "assembly"));
afterAll(() => project.remove());
beforeEach(() => configure({ embedded: bound }));

function configure(targets: object): void {
  writeFileSync(join(project.path, "hangar.config.json"), JSON.stringify({ targets }));
}

test("another account's stack is refused here before anything is made", async () => {
  configure({});
  const { code, said } = await project.hangar(["test", ...CONFIG]);
  expect(code).toBe(1);
  expect(said).toContain(
    "The stack Shop is for account 111122223333, and this cloud is account 000000000000: set targets.embedded.account in hangar.config.ts",
  );
});

test("vitest by itself deploys it", async () => {
  const { report, said } = await project.vitest();
  expect(report.success, said).toBe(true);
});

test("exec and start are that account, but for what start is told", async () => {
  const tells = "console.log(process.env.AWS_REGION, JSON.parse(process.env.HANGAR_INSTANCE).account)";
  const { said } = await project.hangar(["exec", "--no-deploy", "--", process.execPath, "--eval", tells]);
  expect(said).toBe("eu-west-1 111122223333\n");
  const started = await project.hangar(["start", "--port", "0", "--region", "eu-north-1", "--detach", "--json"]);
  expect(JSON.parse(started.said)).toMatchObject({ account: "111122223333", region: "eu-north-1" });
  await project.hangar(["stop"]);
});

test("what passed goes to the account with the same hash", async () => {
  await using cloud = await startCloud(bound);
  configure({ embedded: bound, aws: { ...bound, endpoint: cloud.endpoint } });
  const { code, said } = await project.hangar(["test", ...CONFIG]);
  expect(code, said).toBe(0);
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const promoted = await project.hangar(["promote", "--to", "aws", "--yes", ...CONFIG], keys);
  expect(promoted.code, promoted.said).toBe(0);
  expect(readRuns(project.path, hash).slice(-2)).toMatchObject([
    { place: { target: "embedded", ...bound }, result: "passed" },
    { place: { target: "aws", ...bound }, result: "passed" },
  ]);
});
