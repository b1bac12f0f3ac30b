// `hangar check` as people and pipelines run it: what it says, writes and exits with.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeAssembly } from "../../tools/docs/sample-assembly.ts";
import { folderWith, type Ended, type Folder } from "./test-process.ts";

let here: Folder;
beforeEach(() => {
  here = folderWith();
  const assembly = makeAssembly();
  cpSync(assembly, join(here.path, "cdk.out"), { recursive: true });
  rmSync(assembly, { recursive: true });
});
afterEach(() => here.remove());

const check = (...words: string[]): Promise<Ended> => here.hangar("check", "--app", "cdk.out", ...words);

function write(name: string, value: unknown): void {
  writeFileSync(join(here.path, name), JSON.stringify(value));
}

const encrypted = { Resources: { Jobs: { Type: "AWS::SQS::Queue", Properties: { KmsMasterKeyId: "alias/k" } } } };

test("an app without errors exits 0, and its notes are said", async () => {
  const { code, stdout } = await check();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^App: 1 resources$/m);
  expect(stdout).toMatch(/^note {5}fixed-name: .*\n {11}App\/Jobs$/m);
  expect(stdout).toMatch(/^1 note\.$/m);
});

test("an inert property exits 1, until hangar.config allows it", async () => {
  write("cdk.out/App.template.json", encrypted);
  expect(await check()).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("error    inert: KmsMasterKeyId") as string,
  });
  const allowance = { rule: "inert", subject: "AWS::SQS::Queue", reason: "no secrets", until: "2999-01-01" };
  write("hangar.config.json", { allowances: [allowance] });
  expect(await check()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("until 2999-01-01: no secrets") as string,
  });
  write("hangar.config.json", { allowances: [{ ...allowance, until: "2026-01-01" }] });
  expect(await check()).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("error    expired-allowance") as string,
  });
});

test("JSON, Markdown and SARIF go where they are asked to, one of them to standard output", async () => {
  write("cdk.out/App.template.json", encrypted);
  const { code, stdout } = await check("--json", "--markdown", "reports/check.md", "--sarif", "check.sarif");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    stacks: ["App"],
    properties: [{ type: "AWS::SQS::Queue", property: "KmsMasterKeyId", count: 1, state: "inert" }],
    findings: [{ rule: "inert", level: "error", logicalId: "Jobs", template: "cdk.out/App.template.json" }],
  });
  expect(readFileSync(join(here.path, "reports/check.md"), "utf8")).toMatch(/^### hangar check: 1 error\n/);
  expect(JSON.parse(readFileSync(join(here.path, "check.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  expect(await check("--json", "--sarif", "-")).toMatchObject({ code: 2, stdout: "" });
});

test("against what stands: the change that replaces it is said, without it nothing is", async () => {
  const fifo = (FifoQueue: boolean): object => ({
    Resources: { Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: "jobs.fifo", FifoQueue } } },
  });
  write("cdk.out/App.template.json", fifo(true));
  write("live.json", fifo(false));
  expect(await check()).toMatchObject({ code: 0 });
  expect(await check("--against", "live.json")).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("error    replaced-data: A change of FifoQueue") as string,
  });
  expect(await check("--against", "none.json")).toMatchObject({ code: 1, stderr: "There is no none.json.\n" });
});
