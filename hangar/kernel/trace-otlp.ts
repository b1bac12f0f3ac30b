// The trace as OpenTelemetry reads it: OTLP in JSON, as collectors take it at /v1/traces.
// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding

import { createHash } from "node:crypto";
import { traceTree, type TraceNode } from "./trace-tree.ts";
import { droppedBefore, type Span } from "./trace.ts";

export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  /** 64 bits, so a text. */
  | { readonly intValue: string }
  | { readonly doubleValue: number };

export type OtlpAttribute = { readonly key: string; readonly value: OtlpValue };

export type OtlpSpan = {
  /** 32 and 16 lower-case hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 2 server, 4 producer, 5 consumer. */
  readonly kind: 1 | 2 | 4 | 5;
  /** Nanoseconds since the epoch, as text. */
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events: readonly { readonly timeUnixNano: string; readonly name: string }[];
  /** Further causes: the other messages of a batch. */
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 1 ok, 2 error. */
  readonly status: { readonly code: 1 | 2; readonly message?: string };
};

export type OtlpTraces = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly OtlpSpan[] }[];
  }[];
};

const KINDS = { call: 2, work: 1, delivery: 4, invocation: 5, http: 2, resource: 1 } as const;

/** Each root is a trace. A span starts at the world's time and lasts as long as it took the host. `world` tells one world's traces from another's. */
export function otlpTraces(spans: readonly Span[], world: string): OtlpTraces {
  const placed: { readonly node: TraceNode; readonly root: TraceNode }[] = [];
  const traceIds = new Map<number, string>();
  for (const root of traceTree(spans)) {
    const traceId = traceIdOf(root.span, world);
    const waiting: TraceNode[] = [root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      placed.push({ node, root });
      traceIds.set(node.span.id, traceId);
      waiting.push(...node.children.toReversed());
    }
  }
  const out = placed.map(({ node, root }) => spanOf(node, node !== root, traceIds));
  const dropped = droppedBefore(spans);
  const resource = {
    attributes: [
      attribute("service.name", "hangar"),
      attribute("hangar.world", world),
      ...(dropped === 0 ? [] : [attribute("hangar.dropped_spans", dropped)]),
    ],
  };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "hangar" }, spans: out }] }] };
}

/** X-Ray's root where the trace has one, so that the handlers' own spans meet ours; else made of the first step. */
function traceIdOf({ id, at, name, attributes }: Span, world: string): string {
  const { traceHeader } = attributes as { readonly traceHeader?: unknown };
  const root = typeof traceHeader === "string" ? /Root=1-([0-9a-f]{8})-([0-9a-f]{24})/.exec(traceHeader) : null;
  if (root !== null) return `${root[1] ?? ""}${root[2] ?? ""}`;
  return createHash("sha256").update(`${world}/${id}/${at}/${name}`).digest("hex").slice(0, 32);
}

function spanOf({ span, marks }: TraceNode, below: boolean, traceIds: ReadonlyMap<number, string>): OtlpSpan {
  const { id, parent, name, kind, at, elapsed = 0, error, attributes } = span;
  const end = nanoseconds(at, elapsed);
  const logs = Array.isArray(attributes["logs"]) ? attributes["logs"] : [];
  const links = linksOf(span, traceIds);
  return {
    traceId: traceIds.get(id) ?? "",
    spanId: spanId(id),
    ...(below && parent !== undefined ? { parentSpanId: spanId(parent) } : {}),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(at, 0),
    endTimeUnixNano: end,
    attributes: [...attributesOf(span), ...marks.map((mark) => attribute(`hangar.${mark}`, true))],
    events: logs.map((line) => ({ timeUnixNano: end, name: String(line) })),
    ...(links.length === 0 ? {} : { links }),
    status: error === undefined ? { code: 1 } : { code: 2, message: `${error.code}: ${error.message}` },
  };
}

function linksOf({ attributes }: Span, traceIds: ReadonlyMap<number, string>): NonNullable<OtlpSpan["links"]> {
  const causes = Array.isArray(attributes["causes"]) ? (attributes["causes"] as readonly number[]) : [];
  return causes.flatMap((cause) => {
    const traceId = traceIds.get(cause);
    return traceId === undefined ? [] : { traceId, spanId: spanId(cause) };
  });
}

/** https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/ */
function attributesOf({ name, kind, attributes }: Span): OtlpAttribute[] {
  const [service = "", method = ""] = kind === "call" ? name.split(":") : [];
  const rpc =
    kind === "call"
      ? [attribute("rpc.system", "aws-api"), attribute("rpc.service", service), attribute("rpc.method", method)]
      : [];
  const own = Object.entries(attributes).flatMap(([key, value]) =>
    key === "logs" || key === "causes" || value === undefined
      ? []
      : [attribute(key === "denied" ? "hangar.denied.reason" : `hangar.${key}`, value)],
  );
  return [...rpc, ...own];
}

function attribute(key: string, value: unknown): OtlpAttribute {
  return { key, value: valueOf(value) };
}

function valueOf(value: unknown): OtlpValue {
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number" && Number.isSafeInteger(value)) return { intValue: String(value) };
  if (typeof value === "number" && Number.isFinite(value)) return { doubleValue: value };
  return { stringValue: text(value) };
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  // A Buffer would be turned into JSON of its own before the replacer sees it.
  return JSON.stringify(value, function (this: Record<string, unknown>, name, each: unknown) {
    const plain = this[name];
    if (plain instanceof Uint8Array) return `(${plain.length} bytes)`;
    return typeof each === "bigint" ? String(each) : each;
  });
}

function spanId(id: number): string {
  return id.toString(16).padStart(16, "0");
}

function nanoseconds(milliseconds: number, more: number): string {
  return String(BigInt(Math.round(milliseconds)) * 1_000_000n + BigInt(Math.round(more * 1_000_000)));
}
