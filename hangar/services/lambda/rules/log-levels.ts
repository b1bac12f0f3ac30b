// Which lines of a JSON log are kept: Lambda's own by SystemLogLevel, the function's by ApplicationLogLevel.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html

import { parsedJson } from "../../../kernel/parsed-json.ts";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const OTHER_NAMES: Readonly<Record<string, string>> = { WARNING: "WARN", CRITICAL: "FATAL" };

export type PlatformRecord = Readonly<Record<string, unknown>>;

export function platformLevel(type: string, record: PlatformRecord): string {
  const succeeded = (record["status"] ?? "success") === "success" && record["errorType"] === undefined;
  if (!succeeded) return "WARN";
  if (type === "platform.initRuntimeDone" || type === "platform.runtimeDone") return "DEBUG";
  return type === "platform.initReport" && record["initializationType"] === "on-demand" ? "DEBUG" : "INFO";
}

/** A line without a level counts as INFO. */
export function lineLevel(line: string): string {
  const { level } = (line.startsWith("{") ? parsedJson(line, {}) : {}) as { readonly level?: unknown };
  const name = typeof level === "string" ? level.toUpperCase() : "";
  const known = OTHER_NAMES[name] ?? name;
  return LEVELS.includes(known) ? known : "INFO";
}

export function isKept(level: string, lowest: string | undefined): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(lowest ?? "TRACE");
}
