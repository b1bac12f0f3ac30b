// How functions run for a user's tests: shared or of the test's own, by the host's time or by the test's.

import { afterEach, expect, test } from "vitest";
import { sampleProject, type Report, type SampleProject } from "./sample-project.ts";

let project: SampleProject;

afterEach(() => project.remove());

function statuses({ testResults }: Report): string[] {
  return testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
}

const asking = `
import { test, expect } from "hangar/vitest";
import { describe } from "vitest";

const ask = async ({ aws, stack }) => {
  const { Payload } = await aws.lambda.invoke({ FunctionName: stack.outputs.Tally });
  return JSON.parse(Payload.transformToString());
};
const count = async (fixtures) => (await ask(fixtures)).count;
`;

const config = (settings: object): string => `import { defineConfig } from "vitest/config";
export default defineConfig({ test: { globalSetup: "hangar/vitest/setup", provide: { hangar: ${JSON.stringify(settings)} } } });
`;

test("environments are shared by tests, or of a block's, a test's or a function's own", async () => {
  const file = `${asking}
test("one", async ({ aws, stack }) => expect(await count({ aws, stack })).toBe(1));
test("two", async ({ aws, stack }) => expect(await count({ aws, stack })).toBe(2));
test("isolated", async ({ aws, stack, cloud }) => {
  await cloud.isolate(stack.outputs.Tally);
  expect(await count({ aws, stack })).toBe(1);
  expect(await count({ aws, stack })).toBe(2);
  const child = await cloud.fork();
  expect(await count(child)).toBe(1);
});
describe("fresh", () => {
  test.override({ functions: { isolation: "fresh", lambdaClock: "world" } });
  for (const name of ["three", "four"])
    test(name, async ({ aws, stack, cloud }) => {
      await cloud.clock.advance("30 days");
      const answer = await ask({ aws, stack });
      expect(answer.count).toBe(1);
      expect(Math.abs(answer.now - (await cloud.clock.now()))).toBeLessThan(5000);
    });
});
`;
  project = sampleProject({ "cloud.test.js": file }, process.env);
  const { said, report } = await project.vitest();
  expect(statuses(report), said).toEqual(Array(5).fill("passed"));
});

test("both are settings of a run", async () => {
  const file = `${asking}
for (const name of ["one", "two"])
  test(name, async ({ aws, stack, cloud }) => {
    await cloud.clock.advance("30 days");
    const answer = await ask({ aws, stack });
    expect(answer.count).toBe(1);
    expect(Math.abs(answer.now - (await cloud.clock.now()))).toBeLessThan(5000);
  });
`;
  const settings = { isolation: "fresh", lambdaClock: "world" };
  project = sampleProject({ "cloud.test.js": file, "vitest.config.js": config(settings) }, process.env);
  const { said, report } = await project.vitest();
  expect(statuses(report), said).toEqual(Array(2).fill("passed"));
});
