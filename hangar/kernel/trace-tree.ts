// The trace as a tree: every step below the one that caused it, with what became of it.

import type { Span } from "./trace.ts";

/** What a reader looks for first; a step may have several. */
export type Mark = "denied" | "dropped" | "retried" | "faulted" | "failed" | "unfinished";

export type TraceNode = {
  readonly span: Span;
  readonly marks: readonly Mark[];
  readonly children: readonly TraceNode[];
};

const DENIALS = /^(AccessDenied|AuthorizationError|Forbidden|NotAuthorized|UnauthorizedOperation|KMSAccessDenied)/;

/** Steps whose cause is not among the spans are roots; siblings are in the order in which they began. */
export function traceTree(spans: readonly Span[]): readonly TraceNode[] {
  const nodes = new Map<number, Growing>();
  const ordered = spans.toSorted((one, other) => one.id - other.id);
  for (const span of ordered) nodes.set(span.id, { span, marks: [], children: [] });
  const roots: Growing[] = [];
  for (const node of nodes.values()) {
    const parent = node.span.parent === undefined ? undefined : nodes.get(node.span.parent);
    // A span begins after its cause: what says otherwise would be a circle.
    (parent === undefined || parent.span.id >= node.span.id ? roots : parent.children).push(node);
  }
  for (const siblings of [roots, ...[...nodes.values()].map(({ children }) => children)]) markAll(siblings);
  return roots;
}

type Growing = { readonly span: Span; readonly marks: Mark[]; readonly children: Growing[] };

/** A step that comes again after it failed is a retry; a delivery whose last attempt failed is dropped. */
function markAll(siblings: readonly Growing[]): void {
  const failing = new Set(siblings.flatMap(({ span }) => (span.error === undefined ? [] : [span.name])));
  const keys = siblings.map(({ span }) => (failing.has(span.name) ? keyOf(span) : undefined));
  const failed = new Set<string>();
  siblings.forEach(({ span, marks }, index) => {
    const key = keys[index];
    const retried = span.attributes["again"] === true || (key !== undefined && failed.has(key));
    const last = span.error !== undefined && keys.lastIndexOf(key) === index;
    marks.push(...marksOf(span, retried, last));
    if (key !== undefined && span.error !== undefined) failed.add(key);
  });
}

function marksOf({ attributes, error, elapsed, kind }: Span, retried: boolean, last: boolean): Mark[] {
  const faulted = attributes["fault"] !== undefined;
  const denied = attributes["denied"] !== undefined || (!faulted && error !== undefined && DENIALS.test(error.code));
  return [
    ...(denied ? ["denied" as const] : []),
    ...(faulted ? ["faulted" as const] : []),
    ...(retried ? ["retried" as const] : []),
    ...(kind === "delivery" && last ? ["dropped" as const] : []),
    ...(error !== undefined && !denied && !faulted ? ["failed" as const] : []),
    ...(elapsed === undefined ? ["unfinished" as const] : []),
  ];
}

/** The same for each attempt of the same thing: a client's call, a delivery, a batch. */
function keyOf({ kind, name, attributes }: Span): string {
  const { caller, input, data, batch, arn, url } = attributes as Readonly<Record<string, unknown>>;
  return JSON.stringify([kind, name, caller, input, data, batch, arn, url], (_name, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
