// `hangar promote`, with the real CDK CLI and a second cloud where AWS would be: what it refuses, shows, deploys and records.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SSM } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type HangarConfig, type RunningCloud } from "../index.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { readRuns } from "../promotion/run-record.ts";
import { sampleProject } from "../vitest/sample-project.ts";
import { promotedApp, SUITE } from "./promoted-app.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const KEYS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

const project = sampleProject(
  {
    "shop.test.js": SUITE,
    "vitest.config.js": `export default { test: { globalSetup: "hangar/vitest/setup", tags: [{ name: "smoke" }], testTimeout: 60000 } };`,
    ...promotedApp({ code: '"hello"', key: "id" }),
  },
  process.env,
);
let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await startCloud({ account: ACCOUNT, region: REGION });
  configure({});
});
afterAll(async () => {
  await cloud.close();
  project.remove();
});

function configure(more: HangarConfig): void {
  const targets = { aws: { account: ACCOUNT, region: REGION, endpoint: cloud.endpoint } };
  project.write("hangar.config.json", JSON.stringify({ targets, suites: { smoke: { tag: "smoke" } }, ...more }));
}

function change(app: Parameters<typeof promotedApp>[0]): void {
  for (const [name, text] of Object.entries(promotedApp(app))) writeFileSync(join(project.path, name), text);
}

const hash = (): string => assemblyHash(join(project.path, "assembly"));
const tested = async (): Promise<void> => {
  const { code, said } = await project.hangar(["test", "--config", "vitest.config.js"]);
  expect(code, said).toBe(0);
};
const promote = (words: readonly string[], more: NodeJS.ProcessEnv = {}): ReturnType<typeof project.hangar> =>
  project.hangar(["promote", "--to", "aws", "--config", "vitest.config.js", ...words], { ...KEYS, ...more });

/** What was called there since the last question, by whom does not matter. */
let seen = 0;
function called(): ReadonlySet<string> {
  const calls = cloud.trace.spans().filter(({ kind }) => kind === "call");
  const names = new Set(calls.slice(seen).map(({ name }) => name));
  seen = calls.length;
  return names;
}

test("an assembly that never passed goes nowhere, and nobody is asked who is calling", async () => {
  const { code, said } = await promote(["--yes"]);
  expect({ code, said }).toEqual({
    code: 1,
    said: `Nothing was written. The assembly ${hash().slice(0, 12)} may not go to aws ${ACCOUNT} ${REGION} at ${cloud.endpoint}:
  - all tests must have run on the embedded target with this assembly
`,
  });
  expect(called()).toEqual(new Set());
});

test("what passed is shown, deployed from a copy, tested there and recorded", async () => {
  await tested();
  const { code, said } = await promote(["--yes"]);
  expect(code, said).toBe(0);
  expect(said).toContain(`assembly: ${hash().slice(0, 12)}\n  passed on embedded, `);
  expect(said).toMatch(/Shop: a new stack, arn:aws:cloudformation:.*changeSet\/hangar-/);
  expect(said).toContain("  + Add      AWS::DynamoDB::Table  Orders\n");
  expect(said).toMatch(/↓ shop\.test\.js > waits.* \[AWS's time cannot be moved\]/);
  expect(said).toContain(`Promoted: embedded -> aws ${ACCOUNT} ${REGION} at ${cloud.endpoint}`);
  const [embedded, aws] = readRuns(project.path, hash());
  expect(aws).toMatchObject({
    assembly: hash(),
    result: "passed",
    place: { target: "aws", account: ACCOUNT, region: REGION, endpoint: cloud.endpoint },
    suite: "all",
    tests: { passed: 2, failed: 0, skipped: { "AWS's time cannot be moved": 1 } },
    after: [{ place: embedded?.place, suite: "all", startedAt: embedded?.startedAt }],
  });
  expect(assemblyHash(join(project.path, ".hangar", "assemblies", hash()))).toBe(hash());
  expect(called()).toContain("cloudformation:ExecuteChangeSet");
  const again = await promote(["--yes", "--suite", "smoke"]);
  expect(again.code, again.said).toBe(0);
  expect(again.said).toContain("Shop: no changes");
  expect(called()).not.toContain("cloudformation:ExecuteChangeSet");
});

test("a changed byte in a handler is another assembly: it has to pass first", async () => {
  project.write("assembly/asset.greeter/index.js", "exports.handler = async () => 'hullo';\n");
  const { code, said } = await promote(["--yes"]);
  expect(code).toBe(1);
  expect(said).toContain("all tests must have run on the embedded target with this assembly");
  expect(called()).toEqual(new Set());
  change({ code: '"hello"', key: "id" });
});

test("what would be lost is red; a suite that fails there names the way back, which leads back", async () => {
  const first = hash();
  change({ code: '"good day"', key: "number" });
  await tested();
  const { code, said } = await promote(["--yes"], { FAIL: "aws", NO_COLOR: "", FORCE_COLOR: "1" });
  expect(code).toBe(1);
  expect(said).toMatch(
    / {2}! Replace {2}AWS::DynamoDB::Table +Orders \(AttributeDefinitions, KeySchema\): a new, empty one; .* is deleted with its data/,
  );
  expect(said).toContain("\u001B[31m  ! Replace  AWS::DynamoDB::Table");
  expect(readRuns(project.path, hash()).at(-1)).toMatchObject({ place: { target: "aws" }, result: "failed" });
  const [, way = ""] = /The way back:\n {2}hangar (.*)\n/.exec(said) ?? [];
  expect(way).toBe(
    `promote --to aws --account ${ACCOUNT} --region ${REGION} --endpoint-url ${cloud.endpoint} --app ${join(".hangar", "assemblies", first)}`,
  );
  const back = await project.hangar([...way.split(" "), "--yes", "--config", "vitest.config.js"], KEYS);
  expect(back.code, back.said).toBe(0);
  expect(back.said).toContain("! Replace  AWS::DynamoDB::Table");
  expect(back.said).not.toContain("\u001B");
});

test("a bootstrap that is too old stops it before the first write", async () => {
  const ssm = new SSM(cloud.clientConfig());
  const Name = "/cdk-bootstrap/hnb659fds/version";
  const { Parameter } = await ssm.getParameter({ Name });
  await ssm.putParameter({ Name, Value: "5", Overwrite: true });
  called();
  const { code, said } = await promote(["--yes"]);
  expect(code).toBe(1);
  expect(said).toContain(
    `Nothing was written.\n  - its bootstrap is version 5, and the assembly needs 6 (${Name}): cdk bootstrap aws://${ACCOUNT}/${REGION}\n`,
  );
  expect(called()).toEqual(new Set(["sts:GetCallerIdentity", "ssm:GetParameter"]));
  await ssm.putParameter({ Name, Value: String(Parameter?.Value), Overwrite: true });
});

test("a production account is said once more; nobody is asked without a terminal", async () => {
  configure({ accounts: { [ACCOUNT]: { name: "live", production: true } } });
  called();
  const unsure = await promote(["--yes"]);
  expect(unsure.said).toContain(`${ACCOUNT} (live) is a production account: --yes-production ${ACCOUNT}`);
  const other = await promote(["--yes", "--yes-production", "999988887777"]);
  expect(other.said).toContain(`--yes-production says 999988887777, and it goes to ${ACCOUNT}`);
  const silent = await promote(["--yes-production", ACCOUNT]);
  expect(silent).toMatchObject({
    code: 2,
    said: "promote shows the changes and asks: run it in a terminal, or say --yes.\n",
  });
  expect([unsure.code, other.code]).toEqual([1, 1]);
  expect(called()).toEqual(new Set());
  configure({});
});

test("a stage wants those before it, and what it says goes before what the command says", async () => {
  const stages = [
    { name: "local", target: "localstack", suite: "smoke" },
    { name: "staging", target: "aws" },
    { name: "live", target: "aws", account: "444455556666", region: "eu-central-1" },
  ] as const;
  configure({ stages });
  called();
  const skipping = await project.hangar(["promote", "--stage", "staging", "--yes"], KEYS);
  expect(skipping.said).toContain("the suite smoke must have run on the stage local with this assembly");
  const either = await promote(["--yes"]);
  expect(either).toMatchObject({ code: 2, said: "Say which stage is meant: staging, live.\n" });
  const other = await promote(["--yes", "--stage", "live", "--account", ACCOUNT]);
  expect(other.said).toBe(`The stage live has account 444455556666, not ${ACCOUNT}.\n`);
  const none = await promote(["--yes", "--account", "999988887777"]);
  expect(none.said).toContain("hangar.config.ts has stages (local, staging, live), and this is none of them");
  expect(called()).toEqual(new Set());
  const file = join(project.path, ".hangar", "runs", `${hash()}.json`);
  const { runs, ...more } = JSON.parse(readFileSync(file, "utf8")) as { readonly runs: readonly object[] };
  const local = {
    ...runs[0],
    place: { target: "localstack", account: "000000000000", region: "us-east-1" },
    suite: "smoke",
  };
  writeFileSync(file, JSON.stringify({ ...more, runs: [...runs, local] }));
  const third = await project.hangar(["promote", "--stage", "live", "--yes", "--config", "vitest.config.js"], KEYS);
  expect(third.said).toContain("its last run on the stage staging failed (");
  const second = await project.hangar(["promote", "--stage", "staging", "--yes", "--config", "vitest.config.js"], KEYS);
  expect(second.code, second.said).toBe(0);
  expect(readRuns(project.path, hash()).at(-1)).toMatchObject({
    stage: "staging",
    after: [{ place: { target: "embedded" } }, { place: { target: "localstack" }, suite: "smoke" }],
  });
  configure({});
});
