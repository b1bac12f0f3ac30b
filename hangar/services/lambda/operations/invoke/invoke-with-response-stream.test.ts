// Streamed answers whose function fails when a part of them is sent.

import { request } from "node:http";
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  InvokeWithResponseStreamCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let url: URL;
beforeAll(async () => {
  at = await startLambdaCloud("streams");
  const code = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  const { how } = event.queryStringParameters ?? event;
  stream.write("begun");
  await new Promise((done) => setTimeout(done, 100));
  if (how === "throw") throw new TypeError("halfway");
  if (how === "exit") process.exit(7);
  if (how === "hang") await new Promise((done) => setTimeout(done, 60_000));
  stream.end(" and ended");
});`;
  await makeFunction(at, "streams", { "index.js": code }, { Timeout: 2 });
  const { FunctionUrl = "" } = await at.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: "streams", AuthType: "NONE", InvokeMode: "RESPONSE_STREAM" }),
  );
  url = new URL(FunctionUrl);
  for (const Action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
    await at.lambda.send(
      new AddPermissionCommand({
        FunctionName: "streams",
        StatementId: Action.replace(":", ""),
        Action,
        Principal: "*",
        ...(Action.endsWith("Url") ? { FunctionUrlAuthType: "NONE" } : {}),
      }),
    );
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const ID = /RequestId: [0-9a-f-]{36} /;

test.each([
  ["throw", "TypeError", { errorType: "TypeError", errorMessage: "halfway", trace: expect.any(Array) }],
  [
    "exit",
    "Runtime.ExitError",
    { errorType: "Runtime.ExitError", errorMessage: "Error: Runtime exited with error: exit status 7" },
  ],
  [
    "hang",
    "Sandbox.Timedout",
    { errorType: "Sandbox.Timedout", errorMessage: "Error: Task timed out after 2.00 seconds" },
  ],
])("InvokeComplete has the error of a function that ends by %s", async (how, ErrorCode, details) => {
  const { EventStream } = await at.lambda.send(
    new InvokeWithResponseStreamCommand({
      FunctionName: "streams",
      Payload: Buffer.from(JSON.stringify({ how })),
      LogType: "Tail",
    }),
  );
  let text = "";
  let complete: { readonly [member: string]: string | undefined } = {};
  for await (const { PayloadChunk, InvokeComplete } of EventStream ?? []) {
    text += Buffer.from(PayloadChunk?.Payload ?? []).toString();
    complete = { ...complete, ...InvokeComplete };
  }
  expect(text).toBe("begun");
  expect({ ...complete, ErrorDetails: JSON.parse((complete["ErrorDetails"] ?? "").replace(ID, "")) }).toEqual({
    ErrorCode,
    ErrorDetails: details,
    LogResult: expect.any(String),
  });
});

/** What came of a body, and how it ended. */
function read(how: string): Promise<readonly [string, number | undefined, string]> {
  const options = { host: "127.0.0.1", port: url.port, path: `/?how=${how}`, headers: { Host: url.host } };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("error", (error: NodeJS.ErrnoException) => resolve([text, response.statusCode, error.code ?? ""]));
      response.on("end", () => resolve([text, response.statusCode, "end"]));
    });
    sent.on("error", reject).end();
  });
}

test("a function URL breaks the connection: nobody takes a part for the whole", async () => {
  expect(await Promise.all(["throw", "exit", "hang", "well"].map(read))).toEqual([
    ["begun", 200, "ECONNRESET"],
    ["begun", 200, "ECONNRESET"],
    ["begun", 200, "ECONNRESET"],
    ["begun and ended", 200, "end"],
  ]);
});
