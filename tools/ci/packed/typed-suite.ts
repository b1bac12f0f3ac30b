// What a suite's author sees: clients of installed packages have their own types, the others none.
import { test } from "hangar/vitest";

test("types", async ({ aws, cloud, stack }) => {
  const { FunctionError } = await aws.lambda.invoke({ FunctionName: stack.outputs.Greeting });
  const now: number = await cloud.clock.now();
  await using other = await cloud.fork();
  // @ts-expect-error: a client has no such operation, so its type is not `any`.
  void other.aws.lambda.nothing;
  // Its package is not installed in the app.
  void aws.xray;
  return [FunctionError, now];
});
