// console.* in Lambda's log format, each call one log event, sent to the parent on file descriptor 3.

import { writeSync } from "node:fs";
import { format } from "node:util";
import process from "node:process";
import { asError, errorFacts, errorText } from "./errors.mjs";

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

/** A log event of the runtime's own: `ts id ERROR label {json}`. */
export function reportError(label, error) {
  if (process.env.AWS_LAMBDA_LOG_FORMAT === "JSON") send(jsonLine("ERROR", [asError(error)]));
  else send(textLine("ERROR", [label, `\t${errorText(error)}`]));
}

function textLine(level, values) {
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}\n`;
}

export function patchConsole() {
  const json = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  const lowest = json ? Math.max(0, LEVELS.indexOf((process.env.AWS_LAMBDA_LOG_LEVEL ?? "TRACE").toUpperCase())) : 0;
  for (const [method, level] of Object.entries(METHODS)) {
    console[method] = (...values) => {
      if (LEVELS.indexOf(level) < lowest) return;
      send(json ? jsonLine(level, values) : textLine(level, values));
    };
  }
}

function jsonLine(level, values) {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length === 1) {
    [line.message] = values;
    try {
      return JSON.stringify(line, (_name, value) => (value instanceof Error ? errorFacts(value) : value));
    } catch {
      return JSON.stringify({ ...line, message: format(line.message) });
    }
  }
  line.message = format(...values);
  const error = values.find((value) => value instanceof Error);
  if (error !== undefined) {
    const { errorType, errorMessage, stackTrace } = errorFacts(error);
    Object.assign(line, { errorType, errorMessage, stackTrace });
  }
  return JSON.stringify(line);
}
