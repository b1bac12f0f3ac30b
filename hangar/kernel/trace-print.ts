// The trace as text: one line a step, indented below its cause, with marks, errors and the handlers' own log lines.

import { inputOf, logsOf, reasonsOf, writesOf } from "./trace-remarks.ts";
import { traceTree, type TraceNode } from "./trace-tree.ts";
import { droppedText, type Span } from "./trace.ts";

/** Deeper steps are counted, not shown: an endless chain still gives a text one can read. */
const DEEPEST = 60;
const INPUT = 160;

/** A tree of lines; empty when nothing happened. */
export function formatTrace(spans: readonly Span[]): string {
  const dropped = droppedText(spans);
  const lines: string[] = dropped === undefined ? [] : [dropped];
  const start = spans[0]?.at ?? 0;
  for (const root of traceTree(spans)) lines.push(...linesOf(root, { first: "", rest: "", depth: 0, start }));
  return lines.map((line) => `${line}\n`).join("");
}

type Place = { readonly first: string; readonly rest: string; readonly depth: number; readonly start: number };

function linesOf(node: TraceNode, place: Place): string[] {
  const { span, children } = node;
  const remarks = [...reasonsOf(span), ...writesOf(span), ...logsOf(span)];
  const below = place.rest + (children.length > 0 ? "│ " : "  ");
  const lines = [place.first + headline(node, place.start), ...remarks.map((remark) => below + remark)];
  if (place.depth >= DEEPEST)
    return children.length === 0 ? lines : [...lines, `${place.rest}└ … ${count(children)} more below`];
  children.forEach((child, index) => {
    const last = index === children.length - 1;
    lines.push(
      ...linesOf(child, {
        first: `${place.rest}${last ? "└ " : "├ "}`,
        rest: `${place.rest}${last ? "  " : "│ "}`,
        depth: place.depth + 1,
        start: place.start,
      }),
    );
  });
  return lines;
}

function headline({ span, marks }: TraceNode, start: number): string {
  const { name, kind, at, elapsed, attributes } = span;
  const took = elapsed === undefined ? "" : ` ${elapsed.toFixed(1)} ms`;
  const caller = typeof attributes["caller"] === "string" ? ` by ${shortCaller(attributes["caller"])}` : "";
  const told = marks.map((mark) => ` [${mark.toUpperCase()}]`).join("");
  const input = inputOf(span, INPUT).map((text) => ` ${text}`);
  return `${kind === "call" ? "" : `${kind} `}${name}${caller}${told} +${seconds(at - start)}${took}${input.join("")}`;
}

/** `role/session` of an assumed role, `user/amy`, a service's name. */
function shortCaller(arn: string): string {
  return arn.startsWith("arn:")
    ? arn
        .split(":")
        .slice(5)
        .join(":")
        .replace(/^assumed-role\//, "")
    : arn;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}

function count(nodes: readonly TraceNode[]): number {
  let total = 0;
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    total += 1;
    waiting.push(...node.children);
  }
  return total;
}
