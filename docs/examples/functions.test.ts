// Functions: warm environments, and the time that handlers see.
import { expect, test, type TestCloud } from "hangar/vitest";

type Answer = { readonly times: number; readonly now: number };

async function count({ aws, stack }: TestCloud): Promise<Answer> {
  const { Payload } = await aws.lambda.invoke({ FunctionName: stack.outputs.Count });
  return JSON.parse(String(Payload?.transformToString())) as Answer;
}

// docs: lambda-isolate
test("what other tests left in a module is not there", async ({ cloud, stack }) => {
  await cloud.isolate(stack.outputs.Count);
  expect((await count(cloud)).times).toBe(1);
  expect((await count(cloud)).times).toBe(2);

  const other = await cloud.fork();
  expect((await count(other)).times).toBe(1);
});

// docs: lambda-clock
test.describe("with the world's time", () => {
  test.override({ functions: { lambdaClock: "world" } });

  test("a handler's Date moves with the clock", async ({ cloud }) => {
    const before = (await count(cloud)).now;
    await cloud.clock.advance("30 days");
    const after = (await count(cloud)).now;
    expect(after - before).toBeGreaterThanOrEqual(30 * 86_400_000);
  });
});
