// What `hangar test` leaves in .hangar/runs: of which assembly, from which sources, with which tests, passed or not.

import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import type { RunRecord } from "../promotion/run-record.ts";
import { sampleProject } from "../vitest/sample-project.ts";

const suite = `
import { test, expect } from "hangar/vitest";

test("writes", { tags: ["smoke"] }, async ({ stack, aws }) => {
  expect(process.env.FAIL).toBe(undefined);
  await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: "a", Body: "x" });
});
test("waits for a printer", ({ skip }) => skip("there is no printer here"));
`;
const project = sampleProject(
  {
    "orders.test.js": suite,
    // A report of the project's own, too: vitest writes its one JSON report there, whatever the command line says.
    "vitest.config.js": `export default { test: { globalSetup: "hangar/vitest/setup", tags: [{ name: "smoke" }], reporters: ["default", ["json", { outputFile: "own.json" }]] } };`,
    "hangar.config.json": JSON.stringify({ app: "assembly", suites: { smoke: { tag: "smoke" } } }),
    ".gitignore": "node_modules\nown.json\n",
    "cdk.json": "{}",
  },
  process.env,
);
afterAll(() => project.remove());

function git(...words: string[]): string {
  const own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stdout, stderr } = spawnSync("git", [...own, ...words], { cwd: project.path, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

const hash = (): string => assemblyHash(join(project.path, "assembly"));
const run = (...words: string[]): ReturnType<typeof project.hangar> =>
  project.hangar(["test", "--config", "vitest.config.js", ...words]);

function records(assembly = hash()): readonly RunRecord[] {
  const text = readFileSync(join(project.path, ".hangar", "runs", `${assembly}.json`), "utf8");
  return (JSON.parse(text) as { readonly runs: readonly RunRecord[] }).runs;
}

beforeAll(() => {
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "photos");
});

test("a passed run is recorded with its assembly, commit, versions and tests", async () => {
  const { code, said } = await run();
  expect(code, said).toBe(0);
  expect(said).toContain(`Recorded as passed: ${join(".hangar", "runs", `${hash()}.json`)}`);
  const [record, ...others] = records();
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    assembly: hash(),
    result: "passed",
    place: { target: "embedded", account: "000000000000", region: "us-east-1" },
    suite: "all",
    only: [],
    allowedDirty: false,
    source: { commit: git("rev-parse", "HEAD"), dirty: false },
    versions: {
      hangar: "0.1.0",
      node: process.versions.node,
      vitest: expect.any(String),
      "aws-cdk": expect.any(String),
    },
    coverage: { handler: [0, 3] },
    readiness: { missing: 0, errors: 0, verified: expect.any(Number) },
    tests: {
      passed: 1,
      failed: 0,
      skipped: { "there is no printer here": 1 },
      each: [
        { file: "orders.test.js", name: "writes", state: "passed", milliseconds: expect.any(Number) },
        { file: "orders.test.js", name: "waits for a printer", state: "skipped", reason: "there is no printer here" },
      ],
    },
  });
  expect(Date.parse(String(record?.startedAt))).toBeLessThan(Date.now());
});

test("a part of the tests is recorded beside it, and as a part", async () => {
  const named = await run("--suite", "smoke", "--reporter=dot");
  expect(named.said).toContain("Recorded as passed (the suite smoke alone)");
  const narrowed = await run("-t", "writes");
  expect(narrowed.said).toContain("Recorded as passed (only -t writes)");
  expect(records().map(({ suite: name, only }) => ({ name, only }))).toEqual([
    { name: "all", only: [] },
    { name: "smoke", only: [] },
    { name: "all", only: ["-t", "writes"] },
  ]);
  const unknown = await run("--suite", "smoky");
  expect(unknown).toMatchObject({ code: 2, said: 'There is no suite "smoky" in hangar.config.ts: smoke.\n' });
});

test("a red run takes the green one's place, and says that the sources were changed", async () => {
  writeFileSync(join(project.path, "broken.test.js"), 'import "./nowhere.js";');
  const { code, said } = await project.hangar(["test", "--config", "vitest.config.js"], { FAIL: "1" });
  expect(code).toBe(1);
  expect(said).toContain("Recorded as failed (with uncommitted changes)");
  const [all] = records().filter(({ suite: name, only }) => name === "all" && only.length === 0);
  expect(all).toMatchObject({ result: "failed", source: { dirty: true }, tests: { passed: 0, failed: 2 } });
  const unloaded = { file: "broken.test.js", name: expect.stringContaining("nowhere"), state: "failed" };
  expect(all?.tests.each).toContainEqual(unloaded);
  rmSync(join(project.path, "broken.test.js"));
});

test("an app that does not deploy is recorded as failed; without git that is said", async () => {
  rmSync(join(project.path, ".git"), { recursive: true });
  const template = JSON.parse(project.read("assembly/Photos.template.json")) as { Resources: Record<string, unknown> };
  const before = hash();
  template.Resources["Wings"] = { Type: "AWS::SQS::Queue", Properties: { Wings: 2 } };
  project.write("assembly/Photos.template.json", JSON.stringify(template));
  const { code } = await run();
  expect(code).toBe(1);
  expect(hash()).not.toBe(before);
  expect(records()).toMatchObject([
    {
      result: "failed",
      failure: expect.stringContaining("Wings"),
      source: { why: expect.stringContaining("not a git repository") },
    },
  ]);
  expect(records(before)).toHaveLength(3);
  expect(globSync("*.new", { cwd: join(project.path, ".hangar", "runs") })).toEqual([]);
});

test("a configuration that is wrong stops every command that deploys, by name and path", async () => {
  project.write("hangar.config.json", JSON.stringify({ suite: {} }));
  const { code, said } = await run();
  expect(code).toBe(2);
  expect(said).toContain("hangar.config.json:\n  - suite is not known; did you mean suites?");
});
