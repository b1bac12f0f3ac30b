// A suite as a user writes it: one line of vitest's configuration deploys the app, and the test has a world of its own.
import { expect, test } from "hangar/vitest";

test("the function greets", async ({ aws, cloud, stack }) => {
  const { Payload } = await aws.lambda.invoke({ FunctionName: stack.outputs.Greeting, Payload: '{"name":"Ada"}' });
  expect(new TextDecoder().decode(Payload)).toContain("Hello Ada");
  await cloud.settle();
});
