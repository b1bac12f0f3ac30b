// Functions that really run: handlers, context, errors, time limits and invocation types.

import {
  InvokeWithResponseStreamCommand,
  InvokeAsyncCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;

beforeAll(async () => {
  at = await startLambdaCloud("invoke");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const node = (body: string): Record<string, string> => ({ "index.js": body });

describe("Node functions", () => {
  test("a handler gets its event, its context, its variables and its role's credentials, and nothing of the host's", async () => {
    process.env["HOST_SECRET"] = "leak";
    await makeFunction(
      at,
      "context",
      node(
        "exports.handler = async (event, context) => ({ event, name: context.functionName, version: context.functionVersion, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() > 2000, env: process.env })",
      ),
      {
        Environment: { Variables: { TABLE: "orders" } },
      },
    );
    const { json, ExecutedVersion, StatusCode, $metadata } = await run(at, "context", { a: 1 });
    const { env, ...rest } = json as { env: Record<string, string> };
    expect(rest).toEqual({
      event: { a: 1 },
      name: "context",
      version: "$LATEST",
      arn: "arn:aws:lambda:us-east-1:000000000000:function:context",
      memory: "128",
      left: true,
    });
    expect([StatusCode, ExecutedVersion, $metadata.httpStatusCode]).toEqual([200, "$LATEST", 200]);
    expect(env).toMatchObject({
      TABLE: "orders",
      AWS_REGION: "us-east-1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      _HANDLER: "index.handler",
      AWS_ENDPOINT_URL: at.cloud.endpoint,
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/context",
    });
    expect(env["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA/);
    expect(env["HOST_SECRET"]).toBeUndefined();
  });

  test("an ES module is loaded, keeps its state while warm, and calls the cloud as its role with the SDK of the runtime", async () => {
    await makeFunction(
      at,
      "module",
      {
        "src/app.mjs": `import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
        const sts = new STSClient({});
        let count = 0;
        export const main = { handler: async () => ({ count: ++count, arn: (await sts.send(new GetCallerIdentityCommand({}))).Arn }) };`,
      },
      { Handler: "src/app.main.handler" },
    );
    expect((await run(at, "module")).json).toEqual({
      count: 1,
      arn: "arn:aws:sts::000000000000:assumed-role/functions/module",
    });
    expect((await run(at, "module")).json).toEqual({
      count: 2,
      arn: "arn:aws:sts::000000000000:assumed-role/functions/module",
    });
  });

  test("callbacks answer up to Node.js 22 and are refused from 24 on", async () => {
    const source = node("exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'late'), 5)");
    await makeFunction(at, "callback22", source, { Runtime: "nodejs22.x" });
    await makeFunction(at, "callback24", source);
    expect((await run(at, "callback22")).json).toBe("late");
    expect((await run(at, "callback24")).json).toMatchObject({ errorType: "Runtime.CallbackHandlerDeprecated" });
  });

  test("a handler that throws gives its error, and the log shows it", async () => {
    await makeFunction(at, "throws", node("exports.handler = async () => { throw new TypeError('no') }"));
    const { FunctionError, json, StatusCode } = await run(at, "throws");
    expect([StatusCode, FunctionError]).toEqual([200, "Unhandled"]);
    expect(json).toEqual({
      errorType: "TypeError",
      errorMessage: "no",
      trace: expect.arrayContaining(["TypeError: no"]),
    });
    expect(
      (await logOf(at, "throws")).some((line) => line.includes('\tERROR\tInvoke Error \t{"errorType":"TypeError"')),
    ).toBe(true);
  });

  test("the runtime's own errors have AWS's names", async () => {
    await makeFunction(at, "nowhere", node("exports.handler = 1"), { Handler: "nowhere.handler" });
    await makeFunction(at, "unexported", node("exports.other = 1"));
    await makeFunction(at, "syntax", node("exports.handler = async ({"));
    await makeFunction(at, "exits", node("exports.handler = async () => process.exit(3)"));
    await makeFunction(at, "leaves", node("exports.handler = async () => process.exit(0)"));
    await makeFunction(
      at,
      "rejects",
      node(
        "exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 500)) }",
      ),
    );
    const errors = await Promise.all(
      ["nowhere", "unexported", "syntax", "exits", "leaves", "rejects"].map(
        async (name) => (await run(at, name)).json as { errorType: string; errorMessage: string },
      ),
    );
    expect(errors.map((error) => error.errorType)).toEqual([
      "Runtime.ImportModuleError",
      "Runtime.HandlerNotFound",
      "Runtime.UserCodeSyntaxError",
      "Runtime.ExitError",
      "Runtime.ExitError",
      "Runtime.UnhandledPromiseRejection",
    ]);
    expect(errors[0]?.errorMessage).toBe(
      "Error: Cannot find module 'nowhere'\nRequire stack:\n- /var/runtime/index.mjs",
    );
    expect(errors[1]?.errorMessage).toBe("index.handler is undefined or not exported");
    expect(errors[3]?.errorMessage).toMatch(
      /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/,
    );
    expect(errors[4]?.errorMessage).toMatch(
      /^RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason$/,
    );
  });

  test("a function that runs too long is ended, and the next invocation starts anew", async () => {
    await makeFunction(
      at,
      "slow",
      node(
        "let count = 0; exports.handler = async (event) => { count += 1; if (event.wait) await new Promise((r) => setTimeout(r, 60000)); return count }",
      ),
      { Timeout: 1 },
    );
    const { json, FunctionError } = await run(at, "slow", { wait: true });
    expect(FunctionError).toBe("Unhandled");
    expect(json).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
    });
    expect((await run(at, "slow")).json).toBe(1);
  });

  test("a call to the real AWS is refused, and a name under localhost leads to the cloud", async () => {
    await makeFunction(
      at,
      "network",
      node(`const http = require("node:http");
      exports.handler = async () => {
        const refused = await fetch("http://sqs.us-east-1.amazonaws.com/").then(() => "reached", (error) => error.cause?.message ?? error.message);
        const port = new URL(process.env.AWS_ENDPOINT_URL).port;
        const status = await new Promise((resolve, reject) => http.get({ host: "any.localhost", port, path: "/_hangar/health" }, (response) => resolve(response.statusCode)).on("error", reject));
        const secure = await new Promise((resolve, reject) => require("node:https").request({ hostname: "localhost", path: "/_hangar/health" }, (response) => resolve(response.statusCode)).on("error", reject).end());
        return { refused, status, secure };
      }`),
    );
    const { json } = await run(at, "network");
    expect(json).toEqual({
      refused: expect.stringContaining("the real AWS is never called"),
      status: 200,
      secure: 200,
    });
  });
});

describe("invocation types", () => {
  test("DryRun answers 204, Event 202 and runs later", async () => {
    await makeFunction(at, "later", node("exports.handler = async (event) => console.log('ran', event.a)"));
    const dry = await run(at, "later", {}, { InvocationType: "DryRun" });
    expect([dry.StatusCode, dry.json]).toEqual([204, undefined]);
    const event = await run(at, "later", { a: 7 }, { InvocationType: "Event" });
    expect([event.StatusCode, event.json, event.ExecutedVersion]).toEqual([202, undefined, undefined]);
    await at.lambda.send(new InvokeAsyncCommand({ FunctionName: "later", InvokeArgs: Buffer.from('{"a":8}') }));
    await at.cloud.settle();
    const lines = (await logOf(at, "later")).filter((line) => line.includes("ran"));
    expect(lines.map((line) => line.trim().slice(-1)).toSorted()).toEqual(["7", "8"]);
  });

  test("a payload that is no JSON and a function that is not there are refused", async () => {
    await expect(run(at, "later", {}, { Payload: Buffer.from("{nope") })).rejects.toMatchObject({
      name: "InvalidRequestContentException",
      message: expect.stringContaining("Could not parse request body into json"),
    });
    await expect(run(at, "ghost")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Function not found: arn:aws:lambda:us-east-1:000000000000:function:ghost:$LATEST",
    });
  });

  test("reserved concurrency of zero throttles", async () => {
    await makeFunction(at, "capped", node("exports.handler = async () => 1"));
    await at.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "capped", ReservedConcurrentExecutions: 0 }),
    );
    await expect(run(at, "capped")).rejects.toMatchObject({
      name: "TooManyRequestsException",
      message: "Rate Exceeded.",
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    });
  });

  test("invocations at the same time run in environments of their own", async () => {
    await makeFunction(
      at,
      "wide",
      node("exports.handler = async () => { await new Promise((r) => setTimeout(r, 300)); return process.pid }"),
    );
    const pids = await Promise.all([run(at, "wide"), run(at, "wide"), run(at, "wide")]);
    expect(new Set(pids.map((each) => each.json)).size).toBe(3);
  });

  test("a streaming handler's chunks come as events", async () => {
    await makeFunction(
      at,
      "stream",
      node(
        "exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('a'); await new Promise((r) => setTimeout(r, 30)); stream.write('b'); stream.end() })",
      ),
    );
    const { EventStream } = await at.lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: "stream" }));
    const chunks: string[] = [];
    let complete = false;
    for await (const event of EventStream ?? []) {
      if (event.PayloadChunk?.Payload !== undefined) chunks.push(Buffer.from(event.PayloadChunk.Payload).toString());
      if (event.InvokeComplete !== undefined) complete = true;
    }
    expect([chunks, complete]).toEqual([["a", "b"], true]);
  });

  test("a streamed answer may be larger than 6 MB, unless it is asked for in one piece", async () => {
    const code = node(
      "exports.handler = awslambda.streamifyResponse(async (event, stream) => { for (let i = 0; i < 7; i += 1) stream.write(Buffer.alloc(1024 * 1024, 97)); stream.end() })",
    );
    await makeFunction(at, "wide-stream", code);
    const { EventStream } = await at.lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: "wide-stream" }));
    let bytes = 0;
    for await (const event of EventStream ?? []) bytes += event.PayloadChunk?.Payload?.length ?? 0;
    expect(bytes).toBe(7 * 1024 * 1024);
    expect((await run(at, "wide-stream")).json).toMatchObject({ errorType: "Function.ResponseSizeTooLarge" });
  });

  test("an answer above 6 MB is an error", async () => {
    await makeFunction(at, "large", node("exports.handler = async () => 'x'.repeat(6291556)"));
    expect((await run(at, "large")).json).toEqual({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
  });
});
