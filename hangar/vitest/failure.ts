// What a failing test shows of its world: the calls that failed or were denied, each below what led to it.

import type { Span } from "../kernel/trace.ts";

/** Trees shown: the newest. A test that polled has failed often before. */
const SHOWN = 20;

/** A tree of a line or more a step; one sentence when nothing failed. */
export function failureText(spans: readonly Span[]): string {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const shown = new Set<Span>();
  for (const span of spans)
    if (span.error !== undefined)
      for (let each: Span | undefined = span; each !== undefined && !shown.has(each); each = byId.get(each.parent ?? 0))
        shown.add(each);
  if (shown.size === 0) {
    const calls = spans.filter(({ kind }) => kind === "call").length;
    return `In this test's world no call failed (calls: ${calls}).`;
  }
  const children = Map.groupBy(
    [...shown].toSorted((one, other) => one.id - other.id),
    (span) => byId.get(span.parent ?? 0),
  );
  const roots = children.get(undefined) ?? [];
  const more = roots.length - SHOWN;
  return [
    "What failed in this test's world:",
    ...(more > 0 ? [`  (${more} earlier failures are not shown)`] : []),
    ...roots.slice(-SHOWN).flatMap((root) => linesOf(root, children, "  ")),
  ].join("\n");
}

function linesOf(
  span: Span,
  children: ReadonlyMap<Span | undefined, readonly Span[]>,
  indent: string,
): readonly string[] {
  const deeper = `${indent}  `;
  return [
    `${indent}${span.name}${callerOf(span)}`,
    ...reasonsOf(span).map((reason) => `${deeper}${reason}`),
    ...(children.get(span) ?? []).flatMap((child) => linesOf(child, children, deeper)),
  ];
}

function callerOf({ attributes }: Span): string {
  const caller = attributes["caller"];
  // The test itself calls as root.
  return typeof caller === "string" && !caller.endsWith(":root") ? `  as ${caller}` : "";
}

function reasonsOf({ kind, error, attributes }: Span): readonly string[] {
  if (error === undefined) return [];
  const denied = attributes["denied"];
  const { code, message } = kind === "invocation" ? thrown(error) : error;
  const reason = `x ${[code, message].filter((text) => text !== "").join(": ")}`;
  return (typeof denied === "string" ? [reason, `denied: ${denied}`] : [reason]).flatMap((text) => text.split("\n"));
}

/** What the function threw, without its stack, which is in the function's log. */
function thrown(error: { readonly code: string; readonly message: string }): typeof error {
  const [, code] = /"errorType":"((?:[^"\\]|\\.)*)"/.exec(error.message) ?? [];
  const [, message] = /"errorMessage":("(?:[^"\\]|\\.)*")/.exec(error.message) ?? [];
  return message === undefined ? error : { code: code ?? error.code, message: JSON.parse(message) as string };
}
