// The invocation loop: next, handler, response; with callbacks, streams, and errors that escape the handler.

import { Writable } from "node:stream";
import process from "node:process";
import { reportLine, setRequestId } from "./console.mjs";
import { errorBody, runtimeError, stackLines } from "./errors.mjs";
import { isStreaming } from "./streaming.mjs";

const CALLBACKS_ENDED = 24;

export async function serve(client, handler) {
  let current;
  const escaped = (error, type) => {
    const body =
      type === undefined
        ? errorBody(error)
        : { errorType: type, errorMessage: String(error), trace: error instanceof Error ? stackLines(error) : [] };
    const { trace, ...facts } = body;
    reportLine("ERROR", type === undefined ? "Uncaught Exception" : "Unhandled Promise Rejection", {
      ...facts,
      stack: trace,
    });
    const path = current === undefined ? "/init/error" : `/invocation/${current}/error`;
    client
      .post(path, JSON.stringify(body), { "Lambda-Runtime-Function-Error-Type": body.errorType })
      .finally(() => process.exit(129));
  };
  process.on("uncaughtException", (error) => escaped(error));
  process.on("unhandledRejection", (error) => escaped(error, "Runtime.UnhandledPromiseRejection"));
  const run = isStreaming(handler) ? runStream : runPlain;
  for (;;) {
    const invocation = await client.next();
    current = invocation.headers["lambda-runtime-aws-request-id"];
    setRequestId(current);
    if (invocation.headers["lambda-runtime-trace-id"] !== undefined)
      process.env._X_AMZN_TRACE_ID = invocation.headers["lambda-runtime-trace-id"];
    await run(client, handler, invocation, current);
  }
}

async function runPlain(client, handler, invocation, id) {
  try {
    const result = await call(handler, JSON.parse(invocation.body), contextOf(invocation.headers));
    await client.post(`/invocation/${id}/response`, JSON.stringify(result === undefined ? null : result) ?? "null");
  } catch (error) {
    await sendError(client, id, error);
  }
}

async function sendError(client, id, error) {
  reportLine("ERROR", "Invoke Error", errorBody(error, "stack"));
  const body = errorBody(error);
  await client.post(`/invocation/${id}/error`, JSON.stringify(body), {
    "Lambda-Runtime-Function-Error-Type": body.errorType,
  });
}

/** A handler answers by its promise, or by its callback; then not before the event loop is empty, unless it says so. */
function call(handler, event, context) {
  const runtime = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? "")?.[1] ?? 0);
  if (handler.length >= 3 && runtime >= CALLBACKS_ENDED)
    throw runtimeError(
      "Runtime.CallbackHandlerDeprecated",
      "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later.",
    );
  return new Promise((resolve, reject) => {
    const settle = (error, result) => (error !== undefined && error !== null ? reject(error) : resolve(result));
    const whenIdle = (finish) => {
      process.removeAllListeners("beforeExit");
      if (context.callbackWaitsForEmptyEventLoop) process.once("beforeExit", finish);
      else setImmediate(() => finish());
    };
    process.removeAllListeners("beforeExit");
    process.once("beforeExit", () => resolve(null));
    const done = (error, result) => whenIdle(() => settle(error, result));
    context.done = done;
    context.succeed = (result) => done(null, result);
    context.fail = (error) => done(error ?? "handled");
    const answer = handler(event, context, done);
    if (typeof answer?.then === "function") answer.then(resolve, reject);
  }).finally(() => process.removeAllListeners("beforeExit"));
}

async function runStream(client, handler, invocation, id) {
  let contentType = "application/octet-stream";
  let sending;
  const open = () =>
    (sending ??= client.stream(`/invocation/${id}/response`, {
      "Lambda-Runtime-Function-Response-Mode": "streaming",
      "Content-Type": contentType,
    }));
  const stream = new Writable({
    write: (chunk, _encoding, next) => void open().outgoing.write(chunk, next),
    final: (next) => void open().outgoing.end(next),
    decodeStrings: true,
  });
  stream.setContentType = (type) => {
    contentType = type;
  };
  try {
    await handler(JSON.parse(invocation.body), stream, contextOf(invocation.headers));
    if (!stream.writableEnded) stream.end();
    if (!stream.writableFinished) await new Promise((resolve) => stream.once("finish", resolve));
    await open().answered;
  } catch (error) {
    if (sending === undefined) return sendError(client, id, error);
    reportLine("ERROR", "Invoke Error", errorBody(error, "stack"));
    const body = errorBody(error);
    sending.outgoing.addTrailers({
      "Lambda-Runtime-Function-Error-Type": body.errorType,
      "Lambda-Runtime-Function-Error-Body": Buffer.from(JSON.stringify(body)).toString("base64"),
    });
    sending.outgoing.end();
    await sending.answered;
  }
}

function contextOf(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const parsed = (name) => (headers[name] === undefined ? undefined : JSON.parse(headers[name]));
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed("lambda-runtime-client-context"),
    identity: parsed("lambda-runtime-cognito-identity"),
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
