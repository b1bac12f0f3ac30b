// A failure of Hangar itself belongs to the world that met it, and fails that world's test, whatever the test made of it.

import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { openCloud } from "../index.ts";
import { deployApp } from "../targets/deploy-app.ts";
import { embeddedTarget } from "../targets/embedded.ts";
import { sampleProject } from "./sample-project.ts";
import { writeFileSync } from "node:fs";

const suite = `
import { test, expect } from "hangar/vitest";

test("meets one", async ({ cloud, aws }) => {
  await aws.sqs.listQueues({}).catch(() => undefined);
  expect(await cloud.bugs()).toMatchObject([{ where: "sqs:ListQueues" }]);
});
test("meets none", async ({ cloud, aws }) => {
  await aws.s3.listBuckets({});
  expect(await cloud.bugs()).toEqual([]);
});
test("fails of its own, too", async ({ aws }) => {
  await aws.sqs.listQueues({}).catch(() => undefined);
  expect(1).toBe(2);
});
`;

const project = sampleProject({ "bugs.test.js": suite }, process.env);
afterAll(() => project.remove());

test("the tests that met one fail, by name, with where and what it was", async () => {
  const { cloud, close } = await openCloud({});
  try {
    const assembly = join(project.path, "assembly");
    const { deployed } = await deployApp(embeddedTarget(cloud), { assembly }, () => undefined);
    const file = join(project.path, "target.json");
    writeFileSync(file, JSON.stringify(deployed));
    const sqs = await cloud.load("sqs");
    using _broken = vi.spyOn(sqs.operations as Record<string, () => unknown>, "ListQueues").mockImplementation(() => {
      throw new TypeError("undefined is not a function");
    });
    const { said, report } = await project.vitest({ HANGAR_TARGET_FILE: file });
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(
      results.map(({ title, status }) => [title, status]),
      said,
    ).toEqual([
      ["meets one", "failed"],
      ["meets none", "passed"],
      ["fails of its own, too", "failed"],
    ]);
    const text = "Hangar failed in sqs:ListQueues: TypeError: undefined is not a function";
    for (const { title, failureMessages } of results)
      expect(failureMessages.join("\n").includes(text), title).toBe(title !== "meets none");
    expect(new Set(cloud.bugsOf(cloud.world).map(({ where }) => where))).toEqual(new Set(["sqs:ListQueues"]));
  } finally {
    await close();
  }
});
