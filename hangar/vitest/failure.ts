// What a failing test shows of its world: the likely cause, then every failure below what led to it; the rest is counted.

import { inputOf, logsOf, reasonsOf } from "../kernel/trace-remarks.ts";
import { traceTree, type Mark, type TraceNode } from "../kernel/trace-tree.ts";
import { droppedText, type Span } from "../kernel/trace.ts";

/** Trees shown: the newest. A test that polled has failed often before. */
const SHOWN = 20;
/** An endless chain still gives a text one can read. */
const DEEPEST = 60;
/** Steps of one name beside each other: attempts of the same. */
const ALIKE = 4;
const LOG_LINES = 20;

/** One sentence when nothing failed, and one more where the beginning is gone. */
export function failureText(spans: readonly Span[]): string {
  const dropped = droppedText(spans);
  return dropped === undefined ? toldOf(spans) : `${toldOf(spans)}\n${dropped}`;
}

function toldOf(spans: readonly Span[]): string {
  const tree = traceTree(spans);
  const told = new Set<TraceNode>();
  const found = tree.filter((root) => leadsToNews(root, told));
  if (found.length === 0) {
    const calls = spans.filter(({ kind }) => kind === "call").length;
    return `In this test's world no call failed (calls: ${calls}).`;
  }
  const first = firstCause(told);
  const more = found.length - SHOWN;
  const others = spans.filter(({ kind, parent }) => kind === "call" && parent === undefined).length;
  const quiet = others - found.filter(({ span }) => span.kind === "call").length;
  const cause = [...reasonsOf(first.span), ...inputOf(first.span), ...logsOf(first.span, LOG_LINES)];
  const lines = ["What failed in this test's world:", `  ${headline(first)}`, ...cause.map((line) => `    ${line}`)];
  if (told.size === 1) return [...lines, ...quietRoots(quiet)].join("\n");
  return [
    ...lines,
    "How it came about, and what else failed:",
    ...(more > 0 ? [`  (${more} earlier failures are not shown)`] : []),
    ...found.slice(-SHOWN).flatMap((root) => linesOf(root, { told, first }, 1)),
    ...quietRoots(quiet),
  ].join("\n");
}

function quietRoots(count: number): readonly string[] {
  return count > 0 ? [`  (${count === 1 ? "1 other call" : `${count} other calls`} of this test did not fail)`] : [];
}

/** Of bugs that are ours. */
export function bugText(bugs: readonly { readonly where: string; readonly error: string }[]): string {
  const lines = bugs.map(({ where, error }) => `Hangar failed in ${where}: ${error}`);
  return ["Hangar itself failed in this test's world; please report it.", ...lines].join("\n");
}

/** Puts all steps with news, and what led to them, into `told`. Not by recursion: a chain may be endless. */
function leadsToNews(root: TraceNode, told: Set<TraceNode>): boolean {
  const order: { readonly node: TraceNode; readonly above: TraceNode | undefined }[] = [
    { node: root, above: undefined },
  ];
  for (let at = 0; at < order.length; at += 1) {
    const { node } = order[at] as (typeof order)[number];
    for (const child of node.children) order.push({ node: child, above: node });
  }
  for (const { node, above } of order.toReversed()) {
    if (node.marks.length > 0) told.add(node);
    if (above !== undefined && told.has(node)) told.add(above);
  }
  return told.has(root);
}

/** Of the failures that no other failure explains: what the test did not see itself, denials before all. */
function firstCause(told: ReadonlySet<TraceNode>): TraceNode {
  const causes = [...told].filter(
    ({ marks, children }) => marks.length > 0 && !children.some((child) => told.has(child)),
  );
  const ordered = causes.toSorted((one, other) => rank(one) - rank(other) || one.span.id - other.span.id);
  return ordered[0] as TraceNode;
}

function rank({ span, marks }: TraceNode): number {
  const own = span.parent === undefined && span.kind === "call";
  const kinds: readonly Mark[] = ["denied", "dropped", "failed", "faulted", "unfinished", "retried"];
  return kinds.findIndex((kind) => marks.includes(kind)) + (own ? kinds.length : 0);
}

type Telling = { readonly told: ReadonlySet<TraceNode>; readonly first: TraceNode };

function linesOf(node: TraceNode, telling: Telling, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  const { told, first } = telling;
  const below = node.children.filter((child) => told.has(child));
  const remarks = node === first ? [] : [...reasonsOf(node.span), ...logsOf(node.span, LOG_LINES)];
  const lines = [
    `${indent}${headline(node)}${node === first ? "  <- this" : ""}`,
    ...remarks.map((line) => `${indent}  ${line}`),
  ];
  if (depth >= DEEPEST) return [...lines, ...(below.length === 0 ? [] : [`${indent}  …`])];
  return [
    ...lines,
    ...groups(below).flatMap((group) => groupLines(group, telling, depth + 1)),
    ...quietLine(node.children.length - below.length, `${indent}  `),
  ];
}

/** Neighbours of one name. */
function groups(nodes: readonly TraceNode[]): readonly (readonly TraceNode[])[] {
  const out: TraceNode[][] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (last?.[0]?.span.name === node.span.name) last.push(node);
    else out.push([node]);
  }
  return out;
}

function groupLines(group: readonly TraceNode[], telling: Telling, depth: number): readonly string[] {
  const lines = (nodes: readonly TraceNode[]): string[] => nodes.flatMap((node) => linesOf(node, telling, depth));
  if (group.length <= ALIKE) return lines(group);
  const between = group.slice(ALIKE / 2, -ALIKE / 2);
  const kept = between.filter((node) => node === telling.first);
  const folded = `${"  ".repeat(depth)}… ${between.length - kept.length} more of ${group[0]?.span.name ?? ""}`;
  return [...lines(group.slice(0, ALIKE / 2)), ...lines(kept), folded, ...lines(group.slice(-ALIKE / 2))];
}

function quietLine(count: number, indent: string): readonly string[] {
  return count === 0 ? [] : [`${indent}(${count === 1 ? "1 step" : `${count} steps`} without failure)`];
}

function headline({ span, marks }: TraceNode): string {
  const caller = span.attributes["caller"];
  // The test itself calls as root.
  const by = typeof caller === "string" && !caller.endsWith(":root") ? `  as ${caller}` : "";
  return `${span.name}${by}${marks.map((mark) => ` [${mark}]`).join("")}`;
}
