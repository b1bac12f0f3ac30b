// What callers tell a function of themselves.

import { InvokeCommand, InvokeWithResponseStreamCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const encoded = (text: string): string => Buffer.from(text).toString("base64");
const context = encoded('{"custom":{"shop":"7"}}');

beforeAll(async () => {
  at = await startLambdaCloud("client-context");
  const handler =
    "exports.handler = async (event, { clientContext }) => console.log('told', clientContext) ?? clientContext";
  await makeFunction(at, "told", { "index.js": handler });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a synchronous invocation hands it on", async () => {
  expect((await run(at, "told", {}, { ClientContext: context })).json).toEqual({ custom: { shop: "7" } });
});

test("an asynchronous one does not", async () => {
  await at.lambda.send(
    new InvokeCommand({
      FunctionName: "told",
      InvocationType: "Event",
      ClientContext: encoded('{"custom":{"late":1}}'),
    }),
  );
  await at.cloud.settle();
  const lines = (await logOf(at, "told")).filter((line) => line.includes("told"));
  expect(lines.at(-1)).toContain("told undefined");
});

test.each(["!!!", encoded("shop 7"), encoded("[7]"), encoded("7")])("%s is refused", async (ClientContext) => {
  const refusal = {
    name: "InvalidRequestContentException",
    message: "Client context must be a valid Base64-encoded JSON object.",
    $metadata: { httpStatusCode: 400 },
  };
  await expect(run(at, "told", {}, { ClientContext })).rejects.toMatchObject(refusal);
  await expect(
    at.lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: "told", ClientContext })),
  ).rejects.toMatchObject(refusal);
});

test("it has at most 3,583 bytes", async () => {
  const ofLength = (length: number): string => encoded(JSON.stringify({ a: "x".repeat((length / 4) * 3 - 8) }));
  expect(ofLength(3580)).toHaveLength(3580);
  expect((await run(at, "told", {}, { ClientContext: ofLength(3580) })).FunctionError).toBeUndefined();
  await expect(run(at, "told", {}, { ClientContext: ofLength(3584) })).rejects.toMatchObject({
    name: "InvalidRequestContentException",
  });
});
