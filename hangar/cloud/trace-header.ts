// X-Ray's trace header: how a call that a process of ours makes, and the work that comes of a call, find their place in the trace.
// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader

import type { Work } from "../kernel/scheduler.ts";
import type { Span } from "../kernel/trace.ts";
import { withoutPasswords } from "../kernel/without-password.ts";
import type { Call } from "./call.ts";
import type { Context } from "./operation.ts";
import type { World } from "./world.ts";

const HEADER = "x-amzn-trace-id";
const KEPT_AS = "traceHeader";
/** Farther back than any header needs to come. */
const STEPS = 100;

/** A call that a handler makes belongs to the invocation that its SDK's header names. */
export function traced(call: Call): Call {
  if (call.parent !== undefined) return call;
  const parent = spanOfHeader(call.world, call.request.headers[HEADER]);
  return parent === undefined ? call : { ...call, parent };
}

/** Below the span that asked for it. Work that asks for itself again stands beside its earlier run, not below it. */
export function beginWork(world: World, work: Work): Span {
  const cause = world.scheduler.causeOf(work);
  const again = cause?.kind === "work" && cause.name === work.kind;
  const parent = again ? world.trace.at(cause.parent) : cause;
  const data = withoutPasswords(work.data);
  return world.trace.begin("work", work.kind, parent, again ? { data, again } : { data });
}

/** The span that a request's header names, where it is one of this world. */
export function spanOfHeader(world: World, header: string | undefined): Span | undefined {
  return header === undefined ? undefined : world.trace.recall(/Parent=([0-9a-f]{16})/.exec(header)?.[1] ?? "");
}

/** The header of the request, or of what led to it: an invocation, an API's request. */
export function traceHeaderOf(context: Pick<Context<never>, "request" | "span" | "world">): string | undefined {
  const given = context.request.headers[HEADER];
  if (given !== undefined) return given;
  let span: Span | undefined = context.span;
  for (let step = 0; span !== undefined && step < STEPS; step += 1) {
    const kept = span.attributes[KEPT_AS];
    if (typeof kept === "string") return kept;
    span = context.world.trace.at(span.parent);
  }
  return undefined;
}

/** Says which header goes on from a span, so that what comes of it carries the same root. */
export function keepTraceHeader(span: Span, header: string): void {
  span.attributes[KEPT_AS] = header;
}

/** What comes later of a request carries the header that it came with. */
export function keepGivenTraceHeader({ request, span }: Pick<Context<never>, "request" | "span">): void {
  const given = request.headers[HEADER];
  if (given !== undefined) keepTraceHeader(span, given);
}

/** The header that an invocation's process gets: the root goes on, the parent is the invocation, the lineage is Lambda's. */
export function headerFor(
  context: Pick<Context<never>, "request" | "span" | "world" | "clock" | "ids">,
  span: Span,
  cause: Span = context.span,
  lineage?: string,
): string {
  const given = traceHeaderOf({ request: context.request, world: context.world, span: cause });
  const root = /Root=([^;]+)/.exec(given ?? "")?.[1] ?? newRoot(context);
  const parent = context.ids.hex(16);
  const header = `Root=${root};Parent=${parent};Sampled=${/Sampled=([01])/.exec(given ?? "")?.[1] ?? "0"}${lineage === undefined ? "" : `;Lineage=${lineage}`}`;
  context.world.trace.remember(parent, span);
  keepTraceHeader(span, header);
  return header;
}

function newRoot({ clock, ids }: Pick<Context<never>, "clock" | "ids">): string {
  return `1-${Math.floor(clock.now() / 1000).toString(16)}-${ids.hex(24)}`;
}
