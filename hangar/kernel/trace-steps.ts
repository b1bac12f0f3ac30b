// Steps of a trace as a test speaks of them: calls that were made, calls that were denied, what was delivered.

import { parseArn } from "./arn.ts";
import { differences, type Difference } from "./differences.ts";
import { traceTree } from "./trace-tree.ts";
import type { Span } from "./trace.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Of a step that is like the one asked for: what of it is not. None: it is the one. */
export type Likeness = { readonly span: Span; readonly title: string; readonly unlike: readonly Difference[] };

/** `*` stands for anything. */
export type CallFacts = {
  /** ARN or name of the role, user or service that calls. */
  readonly by?: string | undefined;
  /** The code that the call failed with; when absent, calls that did not fail. */
  readonly error?: string | undefined;
};

export type DenialFacts = {
  /** ARN or name of the role that was denied. */
  readonly role?: string | undefined;
  /** ARN or name of the role, user or service that was denied. */
  readonly by?: string | undefined;
  /** ARN, or its last part, of what it was denied on. */
  readonly resource?: string | undefined;
  /** Of the call's input. */
  readonly input?: unknown;
};

export type DeliveryFacts = {
  /** ARN of the source, its last part, or its service: `s3`, `orders`. */
  readonly from?: string | undefined;
  /** What was delivered, parsed where it is JSON. */
  readonly event?: unknown;
};

export function callsLike(
  spans: readonly Span[],
  action: string,
  { input, by, error }: CallFacts & { readonly input?: unknown },
): Likeness[] {
  return spans
    .filter(({ kind, name }) => kind === "call" && matchesWildcard(action, name))
    .map((span) => ({
      span,
      title: titleOf(span),
      unlike: [
        ...(input === undefined ? [] : differences(input, span.attributes["input"])),
        ...unlikeName("by", by, namesOfCaller(span)),
        ...(span.error?.code === error ? [] : [outcome(error, span)]),
      ],
    }));
}

/** `action` is IAM's, or the operation's. */
export function denialsLike(spans: readonly Span[], action: string, facts: DenialFacts): Likeness[] {
  const { role, by, resource, input } = facts;
  const denied = new Set(flat(spans).flatMap(({ span, marks }) => (marks.includes("denied") ? [span] : [])));
  return spans
    .filter((span) => matchesWildcard(action, span.name) || matchesWildcard(action, decisionOf(span)?.action ?? ""))
    .map((span) => ({
      span,
      title: titleOf(span),
      unlike: [
        ...(denied.has(span)
          ? []
          : [span.error === undefined ? "was allowed" : `failed, but was not denied: ${span.error.code}`]),
        ...unlikeName("role", role, namesOfCaller(span)),
        ...unlikeName("by", by, namesOfCaller(span)),
        ...unlikeName("resource", resource, namesOfArn(decisionOf(span)?.resource)),
        ...(input === undefined ? [] : differences(input, span.attributes["input"])),
      ],
    }));
}

/** `to` is the receiver's ARN or the last part of it, or the service that delivers or receives. */
export function deliveriesLike(spans: readonly Span[], to: string, { from, event }: DeliveryFacts): Likeness[] {
  return spans.flatMap((span) => {
    const delivery = deliveryOf(span);
    if (delivery === undefined) return [];
    const receivers = namesOfArn(delivery.to);
    const senders = namesOfArn(delivery.from);
    if (![...receivers, serviceOf(delivery.from), serviceOf(delivery.to)].some((name) => matchesWildcard(to, name)))
      return [];
    return {
      span,
      title: `${delivery.from} -> ${delivery.to}`,
      unlike: [
        ...unlikeName("from", from, [...senders, serviceOf(delivery.from)]),
        ...(event === undefined
          ? []
          : differences(event, span.attributes["event"] ?? span.attributes["message"], "event")),
        ...(span.error === undefined ? [] : [`did not arrive: ${span.error.code}: ${span.error.message}`]),
      ],
    };
  });
}

type Delivery = { readonly from: string; readonly to: string };

/** Deliveries proper, and batches that a function's poller took from a queue or stream. */
function deliveryOf({ kind, name, attributes }: Span): Delivery | undefined {
  const { arn, from, url, batch } = attributes as Readonly<Record<string, unknown>>;
  if (kind === "delivery") {
    const [sender = "", target = ""] = name.split(" -> ");
    return { from: typeof from === "string" ? from : sender, to: text(arn) ?? text(url) ?? target };
  }
  const source = kind === "invocation" ? (batch as { readonly source?: unknown } | undefined)?.source : undefined;
  return typeof source === "string" ? { from: source, to: text(arn) ?? name } : undefined;
}

/** Names of what was delivered to whom, for messages. */
export function deliveries(spans: readonly Span[]): string[] {
  return spans.flatMap((span) => {
    const delivery = deliveryOf(span);
    return delivery === undefined ? [] : [`${delivery.from} -> ${delivery.to}`];
  });
}

function flat(spans: readonly Span[]): ReturnType<typeof traceTree>[number][] {
  const out: ReturnType<typeof traceTree>[number][] = [];
  const waiting = [...traceTree(spans)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    out.push(node);
    waiting.push(...node.children);
  }
  return out;
}

type Decision = { readonly allowed: boolean; readonly action: string; readonly resource: string };

function decisionOf({ attributes }: Span): Decision | undefined {
  return attributes["decision"] as Decision | undefined;
}

function unlikeName(what: string, wanted: string | undefined, names: readonly string[]): Difference[] {
  if (wanted === undefined || names.some((name) => matchesWildcard(wanted, name))) return [];
  return [`${what}: expected ${JSON.stringify(wanted)}, was ${names[0] ?? "nobody"}`];
}

function outcome(wanted: string | undefined, { error }: Span): Difference {
  if (error === undefined) return `expected ${wanted}, but it did not fail`;
  return `${wanted === undefined ? "failed" : `expected ${wanted}, failed`} with ${error.code}: ${error.message}`;
}

/** ARN, role or user with and without session. */
function namesOfCaller({ attributes }: Span): readonly string[] {
  const arn = text(attributes["caller"]);
  if (arn === undefined) return [];
  const [, name = "", session = ""] = /:(?:assumed-role|user|role)\/([^/]+)(?:\/(.*))?$/.exec(arn) ?? [];
  const account = parseArn(arn)?.account ?? "";
  const role = arn.includes(":assumed-role/") ? [`arn:aws:iam::${account}:role/${name}`] : [];
  return [arn, ...role, name, session, arn.replace(/\.amazonaws\.com$/, "")].filter((each) => each !== "");
}

function namesOfArn(arn: string | undefined): readonly string[] {
  if (arn === undefined) return [];
  const rest = arn.startsWith("arn:") ? arn.split(":").slice(5).join(":") : arn;
  return [arn, rest, rest.split(/[:/]/).at(-1) ?? ""];
}

function serviceOf(name: string): string {
  return name.startsWith("arn:") ? (parseArn(name)?.service ?? "") : name.replace(/\.amazonaws\.com$/, "");
}

function titleOf({ name, attributes }: Span): string {
  const caller = text(attributes["caller"]);
  return caller === undefined || caller.endsWith(":root") ? name : `${name} by ${caller}`;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
