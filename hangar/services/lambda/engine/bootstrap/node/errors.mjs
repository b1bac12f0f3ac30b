// AWS's error object for what a handler throws, and for what the runtime itself raises.

import { types } from "node:util";

/** `{ errorType, errorMessage, trace }` */
export function errorBody(error) {
  if (types.isNativeError(error) || isLikeError(error))
    return { errorType: error.name, errorMessage: error.message, trace: stackLines(error) };
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

/** As text logs tell of it: with its own members, and those of errors within. */
export function errorText(error) {
  try {
    return JSON.stringify(asError(error), (_name, value) => (value instanceof Error ? withMembers(value) : value));
  } catch {
    return JSON.stringify(errorBody(error));
  }
}

function withMembers(error) {
  const { name: errorType, message: errorMessage, code } = error;
  return Object.assign({ errorType, errorMessage, code }, error, { stack: stackLines(error) });
}

/** As JSON logs tell of it. */
export function errorFacts(error) {
  const { name = "UnknownError" } = error.constructor ?? {};
  return Object.assign({ errorType: name, errorMessage: error.message, stackTrace: stackLines(error) }, error);
}

export function asError(error) {
  return error instanceof Error ? error : new Error(error);
}

/** Without the runtime's own frames. */
function stackLines(error) {
  return typeof error.stack === "string"
    ? error.stack.split("\n").filter((line) => !line.includes(import.meta.dirname))
    : [];
}

function isLikeError(value) {
  return typeof value?.name === "string" && typeof value.message === "string" && typeof value.stack === "string";
}

/** An error the runtime itself raises; `name` is AWS's error type. */
export function runtimeError(name, message) {
  const error = typedError(name, message);
  Object.defineProperty(error, "stack", { value: `${name}: ${message}` });
  return error;
}

/** With its way through Node. */
export function unhandledRejection(reason, promise) {
  const error = typedError("Runtime.UnhandledPromiseRejection", String(reason));
  const [, ...frames] = error.stack.slice(error.stack.indexOf(error.message) + error.message.length).split("\n");
  Object.defineProperty(error, "stack", { value: [`${error.name}: ${error.message}`, ...frames].join("\n") });
  return Object.assign(error, { reason, promise });
}

/** Text logs and answers call it by its name, JSON logs by its constructor's. */
function typedError(name, message) {
  class Kind extends Error {}
  Object.defineProperty(Kind, "name", { value: name.slice(name.indexOf(".") + 1) });
  Object.defineProperty(Kind.prototype, "name", { value: name });
  return new Kind(message);
}
