// The invocation loop: next, handler, response; with callbacks, streams, and errors that escape the handler.

import { Writable } from "node:stream";
import process from "node:process";
import { beginInvocation, leftUntil, shiftClock } from "./clock.mjs";
import { reportError, setRequestId } from "./console.mjs";
import { errorBody, runtimeError, unhandledRejection } from "./errors.mjs";
import { isStreaming } from "./streaming.mjs";

const CALLBACKS_ENDED = 24;

let current;

/** Errors that escape, of an invocation or of the initialisation, end the process. */
export function watchEscapes(channel) {
  const escaped = (label, error, code) => {
    reportError(label, error);
    void channel.fail(current, errorBody(error)).finally(() => process.exit(code));
  };
  process.on("uncaughtException", (error) => escaped("Uncaught Exception", error, 129));
  process.on("unhandledRejection", (reason, promise) => {
    escaped("Unhandled Promise Rejection", unhandledRejection(reason, promise), 128);
  });
}

export async function serve(channel, handler) {
  const run = isStreaming(handler) ? runStream : runPlain;
  for (;;) {
    const invocation = await channel.next();
    current = invocation.id;
    setRequestId(current);
    beginInvocation();
    if (invocation.clockOffset !== undefined) shiftClock(invocation.clockOffset);
    process.env._X_AMZN_TRACE_ID = invocation.trace;
    await run(channel, handler, invocation);
  }
}

async function runPlain(channel, handler, invocation) {
  try {
    const result = await call(handler, JSON.parse(invocation.body), contextOf(invocation));
    const text = answerText(result);
    // Not awaited: what follows is written in order.
    void channel.respond(invocation.id, text);
  } catch (error) {
    sendError(channel, invocation.id, error);
  }
}

function answerText(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch {
    const message = "Unable to stringify response body";
    throw hasCallbacks() ? new Error(message) : runtimeError("Runtime.JSONStringifyError", message);
  }
}

function sendError(channel, id, error) {
  reportError("Invoke Error", error);
  void channel.fail(id, errorBody(error));
}

/** A handler answers by its promise, or by its callback; then not before the event loop is empty, unless it says so. */
function call(handler, event, context) {
  if (handler.length >= 3 && !hasCallbacks())
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
    process.once("beforeExit", () => (isAsync(handler) ? reject(neverSettled()) : resolve(null)));
    const done = (error, result) => whenIdle(() => settle(error, result));
    if (hasCallbacks()) {
      context.done = done;
      context.succeed = (result) => done(null, result);
      context.fail = (error) => done(error ?? "handled");
    }
    const answer = handler(event, context, done);
    if (typeof answer?.then === "function") answer.then(resolve, reject);
  }).finally(() => process.removeAllListeners("beforeExit"));
}

function isAsync(handler) {
  return handler.constructor?.name === "AsyncFunction";
}

function neverSettled() {
  return runtimeError(
    "Runtime.NodeJsExit",
    "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes",
  );
}

function hasCallbacks() {
  const runtime = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? "")?.[1] ?? 0);
  return runtime < CALLBACKS_ENDED;
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
    reportError("Invoke Error", error);
    void channel.end(id, contentType, errorBody(error));
  }
}

function contextOf(invocation) {
  return {
    ...(hasCallbacks() ? { callbackWaitsForEmptyEventLoop: true } : { xRayTraceId: invocation.trace }),
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: invocation.clientContext === undefined ? undefined : JSON.parse(invocation.clientContext),
    identity: undefined,
    invokedFunctionArn: invocation.arn,
    awsRequestId: invocation.id,
    getRemainingTimeInMillis: () => leftUntil(invocation.deadline),
  };
}
