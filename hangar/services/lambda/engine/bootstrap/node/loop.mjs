// The invocation loop: next, handler, response; with callbacks, streams, and errors that escape the handler.

import { Writable } from "node:stream";
import process from "node:process";
import { hostNow, shiftClock } from "./clock.mjs";
import { reportLine, setRequestId } from "./console.mjs";
import { errorBody, runtimeError, stackLines } from "./errors.mjs";
import { isStreaming } from "./streaming.mjs";

const CALLBACKS_ENDED = 24;

export async function serve(channel, handler) {
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
    void channel.fail(current, body).finally(() => process.exit(129));
  };
  process.on("uncaughtException", (error) => escaped(error));
  process.on("unhandledRejection", (error) => escaped(error, "Runtime.UnhandledPromiseRejection"));
  const run = isStreaming(handler) ? runStream : runPlain;
  for (;;) {
    const invocation = await channel.next();
    current = invocation.id;
    setRequestId(current);
    if (invocation.clockOffset !== undefined) shiftClock(invocation.clockOffset);
    process.env._X_AMZN_TRACE_ID = invocation.trace;
    await run(channel, handler, invocation);
  }
}

async function runPlain(channel, handler, invocation) {
  try {
    const result = await call(handler, JSON.parse(invocation.body), contextOf(invocation));
    const text = JSON.stringify(result === undefined ? null : result) ?? "null";
    // Not awaited: what follows is written in order.
    void channel.respond(invocation.id, text);
  } catch (error) {
    sendError(channel, invocation.id, error);
  }
}

function sendError(channel, id, error) {
  reportLine("ERROR", "Invoke Error", errorBody(error, "stack"));
  void channel.fail(id, errorBody(error));
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

async function runStream(channel, handler, invocation) {
  const { id } = invocation;
  let contentType = "application/octet-stream";
  let begun = false;
  const stream = new Writable({
    write: async (chunk, _encoding, next) => {
      begun = true;
      await channel.chunk(id, chunk, contentType);
      next();
    },
    decodeStrings: true,
  });
  stream.setContentType = (type) => {
    contentType = type;
  };
  try {
    await handler(JSON.parse(invocation.body), stream, contextOf(invocation));
    if (!stream.writableEnded) stream.end();
    if (!stream.writableFinished) await new Promise((resolve) => stream.once("finish", resolve));
    void channel.end(id, contentType);
  } catch (error) {
    if (!begun) return sendError(channel, id, error);
    reportLine("ERROR", "Invoke Error", errorBody(error, "stack"));
    void channel.end(id, contentType, errorBody(error));
  }
}

function contextOf(invocation) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: invocation.clientContext === undefined ? undefined : JSON.parse(invocation.clientContext),
    identity: undefined,
    invokedFunctionArn: invocation.arn,
    awsRequestId: invocation.id,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - hostNow()),
  };
}
