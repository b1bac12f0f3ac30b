// How large events and answers may be. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

import { InvokeAsyncCommand, InvokeWithResponseStreamCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("limits");
  const code = `exports.handler = async (event) => (typeof event === "number" ? "x".repeat(event) : event.length);`;
  await makeFunction(at, "measures", { "index.js": code });
});
afterAll(async () => {
  await at.cloud.settle();
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const ofLength = (length: number): Buffer => Buffer.from(JSON.stringify("x".repeat(length - 2)));
const tooLarge = (length: number, type: string, limit: number): object => ({
  name: "RequestTooLargeException",
  message: `${length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
  Type: "User",
  $metadata: expect.objectContaining({ httpStatusCode: 413 }),
});

test("an event whose answer is waited for has 6 MB", async () => {
  expect((await run(at, "measures", {}, { Payload: ofLength(6_291_456) })).json).toBe(6_291_454);
  const refused = tooLarge(6_291_457, "RequestResponse", 6_291_456);
  await expect(run(at, "measures", {}, { Payload: ofLength(6_291_457) })).rejects.toMatchObject(refused);
  const streamed = new InvokeWithResponseStreamCommand({ FunctionName: "measures", Payload: ofLength(6_291_457) });
  await expect(at.lambda.send(streamed)).rejects.toMatchObject(refused);
});

test("one that is queued has 1 MB", async () => {
  const queued = { InvocationType: "Event" } as const;
  expect(await run(at, "measures", {}, { ...queued, Payload: ofLength(1_048_576) })).toMatchObject({ StatusCode: 202 });
  for (const length of [1_048_577, 7_000_000]) {
    const Payload = ofLength(length);
    const refused = tooLarge(length, "Event", 1_048_576);
    await expect(run(at, "measures", {}, { ...queued, Payload })).rejects.toMatchObject(refused);
    const older = new InvokeAsyncCommand({ FunctionName: "measures", InvokeArgs: Payload });
    await expect(at.lambda.send(older)).rejects.toMatchObject(refused);
  }
});

test("an answer has 6 MB and a little", async () => {
  expect(String((await run(at, "measures", 6_291_554)).json)).toHaveLength(6_291_554);
  expect(await run(at, "measures", 6_291_555)).toMatchObject({
    FunctionError: "Unhandled",
    json: {
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    },
  });
});
