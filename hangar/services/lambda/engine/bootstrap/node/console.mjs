// console.* in Lambda's log format, each call one log event, sent to the parent on file descriptor 3.

import { writeSync } from "node:fs";
import { format, inspect } from "node:util";
import process from "node:process";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const METHODS = {
  trace: "TRACE",
  debug: "DEBUG",
  log: "INFO",
  info: "INFO",
  warn: "WARN",
  error: "ERROR",
  fatal: "FATAL",
};
let requestId;

export function setRequestId(id) {
  requestId = id;
}

function send(text) {
  const bytes = Buffer.from(`${JSON.stringify(text)}\n`);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(3, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") return;
    }
  }
}

/** A log event of the runtime's own: `ts id LEVEL label {json}`. */
export function reportLine(level, label, body) {
  if (process.env.AWS_LAMBDA_LOG_FORMAT === "JSON") send(jsonLine(level, [body]));
  else send(`${new Date().toISOString()}\t${requestId}\t${level}\t${label} \t${JSON.stringify(body)}\n`);
}

export function patchConsole() {
  const json = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  const lowest = json ? Math.max(0, LEVELS.indexOf((process.env.AWS_LAMBDA_LOG_LEVEL ?? "TRACE").toUpperCase())) : 0;
  for (const [method, level] of Object.entries(METHODS)) {
    console[method] = (...values) => {
      if (LEVELS.indexOf(level) < lowest) return;
      send(
        json ? jsonLine(level, values) : `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}\n`,
      );
    };
  }
}

function jsonLine(level, values) {
  const line = { timestamp: new Date().toISOString(), level };
  if (requestId !== undefined) line.requestId = requestId;
  const [only] = values;
  const error = values.find((value) => value instanceof Error);
  line.message =
    values.length === 1 && typeof only === "object" && only !== null
      ? only instanceof Error
        ? errorFacts(only)
        : only
      : format(...values);
  if (error !== undefined && values.length > 1) Object.assign(line, prefixed(errorFacts(error)));
  try {
    return `${JSON.stringify(line)}\n`;
  } catch {
    return `${JSON.stringify({ ...line, message: inspect(line.message) })}\n`;
  }
}

function errorFacts(error) {
  return {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace:
      typeof error.stack === "string"
        ? error.stack
            .split("\n")
            .slice(1)
            .map((line) => line.trim())
        : [],
  };
}

function prefixed(facts) {
  return { errorType: facts.errorType, errorMessage: facts.errorMessage, stackTrace: facts.stackTrace };
}
