// AWS's error object for what a handler throws.

/** `{ errorType, errorMessage, trace }`; in logs the last member is called `stack`. */
export function errorBody(error, stackName = "trace") {
  if (
    error instanceof Error ||
    (typeof error === "object" && error !== null && "message" in error && "name" in error)
  ) {
    const body = { errorType: String(error.name), errorMessage: String(error.message) };
    if (stackName === "stack") Object.assign(body, extraMembers(error));
    body[stackName] = stackLines(error);
    return body;
  }
  return { errorType: typeof error, errorMessage: String(error), [stackName]: [] };
}

/** Without the runtime's own frames. */
export function stackLines(error) {
  return typeof error.stack === "string"
    ? error.stack.split("\n").filter((line) => !line.includes(import.meta.dirname))
    : [];
}

function extraMembers(error) {
  const extra = {};
  for (const name of Object.keys(error))
    if (name !== "name" && name !== "message" && name !== "stack") extra[name] = error[name];
  return extra;
}

/** An error the runtime itself raises; `name` is AWS's error type. */
export function runtimeError(name, message) {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}`;
  return error;
}
