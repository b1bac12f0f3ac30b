// What is said of a step beside its name: why it failed, what it was given, what it wrote, what its handler logged.

import type { Writes } from "./current-span.ts";
import { shown } from "./differences.ts";
import type { Span } from "./trace.ts";

/** Lambda's own lines, which say nothing of what happened. */
const QUIET = /^(START|END|REPORT|INIT_START) |^\{"time":"[^"]*","type":"platform\./;
const LOG_LINE = 2000;
const WRITES = 3;

/** Why it failed; whole, since the end of a denial is the statement that is missing. */
export function reasonsOf({ kind, error, attributes }: Span): readonly string[] {
  const { denied, fault } = attributes;
  const { code = "", message = "" } = (kind === "invocation" && error !== undefined ? thrown(error) : error) ?? {};
  return [
    ...(error === undefined ? [] : [`x ${[code, message].filter((text) => text !== "").join(": ")}`]),
    ...(typeof denied === "string" ? [`denied: ${denied}`] : []),
    ...(typeof fault === "string" ? [`the test asked for: ${fault}`] : []),
  ].flatMap((text) => text.split("\n"));
}

/** The newest lines that the handler wrote. */
export function logsOf({ attributes: { logs } }: Span, most = Number.POSITIVE_INFINITY): readonly string[] {
  const lines = Array.isArray(logs) ? logs.filter((line) => typeof line === "string" && !QUIET.test(line)) : [];
  const newest = lines.length > most ? lines.slice(-most) : lines;
  return newest.flatMap((line) => `> ${folded(String(line), LOG_LINE)}`.split("\n"));
}

export function inputOf({ attributes: { input } }: Span, most = 400): readonly string[] {
  return input === undefined ? [] : [`with ${folded(shown(input), most)}`];
}

/** `sqs messages "…"`: the table without the account and region that all of them share, the key's parts set apart. */
export function writesOf({ attributes: { writes } }: Span): readonly string[] {
  if (writes === undefined) return [];
  const { count, rows } = writes as Writes;
  const named = rows.slice(0, WRITES).map((row) => {
    const [sign = "", table = "", ...key] = row.split(" ");
    const [service = "", , , ...rest] = table.split("/");
    return `${sign === "-" ? "- " : ""}${[service, ...rest].join(" ")} ${JSON.stringify(key.join(" ").replaceAll("\0", " "))}`;
  });
  return [`wrote ${named.join(", ")}${count > named.length ? ` and ${count - named.length} more` : ""}`];
}

/** Both ends of a long text: what matters stands at either. */
function folded(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most / 2)} … ${text.length - most} characters … ${text.slice(-most / 2)}`;
}

/** What the function threw, without its stack, which is in the function's log. */
function thrown(error: { readonly code: string; readonly message: string }): typeof error {
  const [, code] = /"errorType":"((?:[^"\\]|\\.)*)"/.exec(error.message) ?? [];
  const [, message] = /"errorMessage":("(?:[^"\\]|\\.)*")/.exec(error.message) ?? [];
  return message === undefined ? error : { code: code ?? error.code, message: JSON.parse(message) as string };
}
