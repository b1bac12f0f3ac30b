// What a failing test shows of its world: the calls that failed or were denied, each below what led to it.

import { traceTree, type Mark, type TraceNode } from "../kernel/trace-tree.ts";
import type { Span } from "../kernel/trace.ts";

/** Trees shown: the newest. A test that polled has failed often before. */
const SHOWN = 20;
/** An endless chain still gives a text one can read. */
const DEEPEST = 60;
const LOG_LINES = 20;
/** Lambda's own lines, which say nothing of the failure. */
const QUIET = /^(START|END|REPORT|INIT_START) /;

/** A tree of a line or more a step; one sentence when nothing failed. */
export function failureText(spans: readonly Span[]): string {
  const shown = leadingToFailures(spans);
  if (shown.size === 0) {
    const calls = spans.filter(({ kind }) => kind === "call").length;
    return `In this test's world no call failed (calls: ${calls}).`;
  }
  const roots = traceTree(spans).filter(({ span }) => shown.has(span));
  const more = roots.length - SHOWN;
  return [
    "What failed in this test's world:",
    ...(more > 0 ? [`  (${more} earlier failures are not shown)`] : []),
    ...roots.slice(-SHOWN).flatMap((root) => linesOf(root, shown, 1)),
  ].join("\n");
}

/** Failed spans and all their causes. */
function leadingToFailures(spans: readonly Span[]): ReadonlySet<Span> {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const shown = new Set<Span>();
  for (const span of spans)
    if (span.error !== undefined)
      for (let each: Span | undefined = span; each !== undefined && !shown.has(each); each = byId.get(each.parent ?? 0))
        shown.add(each);
  return shown;
}

function linesOf({ span, marks, children }: TraceNode, shown: ReadonlySet<Span>, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  const below = children.filter((child) => shown.has(child.span));
  return [
    `${indent}${span.name}${callerOf(span)}${marks
      .filter(isNews)
      .map((mark) => ` [${mark}]`)
      .join("")}`,
    ...reasonsOf(span).map((reason) => `${indent}  ${reason}`),
    ...(depth < DEEPEST ? below.flatMap((child) => linesOf(child, shown, depth + 1)) : below.map(() => `${indent}  …`)),
  ];
}

/** What the reason below does not say already. */
function isNews(mark: Mark): boolean {
  return mark === "retried" || mark === "dropped";
}

function callerOf({ attributes }: Span): string {
  const caller = attributes["caller"];
  // The test itself calls as root.
  return typeof caller === "string" && !caller.endsWith(":root") ? `  as ${caller}` : "";
}

function reasonsOf({ kind, error, attributes }: Span): readonly string[] {
  const { denied, fault, logs } = attributes as Readonly<Record<string, unknown>>;
  const { code = "", message = "" } = (kind === "invocation" && error !== undefined ? thrown(error) : error) ?? {};
  const lines = Array.isArray(logs) ? logs.filter((line) => typeof line === "string" && !QUIET.test(line)) : [];
  return [
    ...(error === undefined ? [] : [`x ${[code, message].filter((text) => text !== "").join(": ")}`]),
    ...(typeof denied === "string" ? [`denied: ${denied}`] : []),
    ...(typeof fault === "string" ? [`the test asked for: ${fault}`] : []),
    ...lines.slice(-LOG_LINES).map((line) => `> ${String(line)}`),
  ].flatMap((text) => text.split("\n"));
}

/** What the function threw, without its stack, which is in the function's log. */
function thrown(error: { readonly code: string; readonly message: string }): typeof error {
  const [, code] = /"errorType":"((?:[^"\\]|\\.)*)"/.exec(error.message) ?? [];
  const [, message] = /"errorMessage":("(?:[^"\\]|\\.)*")/.exec(error.message) ?? [];
  return message === undefined ? error : { code: code ?? error.code, message: JSON.parse(message) as string };
}
