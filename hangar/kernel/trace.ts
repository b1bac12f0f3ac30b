// What happened, as a tree of spans: calls, deliveries, decisions, work. Observing only; no flow depends on it.

import type { Clock } from "./clock.ts";
import { sizeOf } from "./size-of.ts";

export type SpanKind = "call" | "work" | "delivery" | "invocation" | "http" | "resource";

/** One thing that happened. Times are the world's clock in milliseconds; `elapsed` is host milliseconds. */
export type Span = {
  /** In the order in which they began, from 1. */
  readonly id: number;
  readonly parent: number | undefined;
  readonly kind: SpanKind;
  /** e.g. `sqs:SendMessage`. */
  readonly name: string;
  readonly at: number;
  readonly attributes: Record<string, unknown>;
  elapsed?: number;
  /** AWS error code and message when it failed. */
  error?: { readonly code: string; readonly message: string };
};

export type TraceListener = (span: Span) => void;

/** Spans of a world; the newest are kept. */
const KEPT = 20_000;
/** Characters and bytes in the attributes of all of them: a few huge inputs push out many small ones. */
const WEIGHT = 32 * 1024 * 1024;

export class Trace {
  readonly #clock: Clock;
  readonly #spans: (Span | undefined)[] = [];
  readonly #listeners = new Set<TraceListener>();
  readonly #remembered = new Map<string, number>();
  readonly #weights: number[] = [];
  #weight = 0;
  #first = 1;
  #next = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(kind: SpanKind, name: string, parent: Span | undefined, attributes: Record<string, unknown> = {}): Span {
    const span: Span = { id: this.#next, parent: parent?.id, kind, name, at: this.#clock.now(), attributes };
    this.#next += 1;
    if (this.#next - this.#first > KEPT) this.#drop();
    // A ring: the newest KEPT spans, without shifting the array.
    this.#spans[(span.id - 1) % KEPT] = span;
    this.#weights[(span.id - 1) % KEPT] = 0;
    return span;
  }

  end(span: Span, elapsed: number, error?: { readonly code: string; readonly message: string }): void {
    span.elapsed = elapsed;
    if (error !== undefined) span.error = error;
    if (this.at(span.id) === span) this.#weigh(span);
    for (const listener of this.#listeners) listener(span);
  }

  /** Told of each span as it ends; answers how to stop. */
  listen(listener: TraceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** So that what comes of it later (a message, a process's call) finds its way back to the span. */
  remember(key: string, span: Span): void {
    if (this.#remembered.size >= KEPT) this.#remembered.delete(this.#remembered.keys().next().value ?? "");
    // Not the span itself: it may be dropped, with all that it holds.
    this.#remembered.set(key, span.id);
  }

  recall(key: string): Span | undefined {
    return this.at(this.#remembered.get(key));
  }

  /** The span that began last. */
  newest(): Span | undefined {
    return this.at(this.#next - 1);
  }

  /** The span of an id, while it is kept. */
  at(id: number | undefined): Span | undefined {
    const span = id === undefined ? undefined : this.#spans[(id - 1) % KEPT];
    return span?.id === id ? span : undefined;
  }

  /** Kept spans, oldest first. */
  spans(): Span[] {
    const out: Span[] = [];
    for (let id = this.#first; id < this.#next; id += 1) {
      const span = this.at(id);
      if (span !== undefined) out.push(span);
    }
    return out;
  }

  /** The newest is always kept. */
  #weigh(span: Span): void {
    const slot = (span.id - 1) % KEPT;
    const weight = weightOf(span.attributes);
    this.#weight += weight - (this.#weights[slot] ?? 0);
    this.#weights[slot] = weight;
    while (this.#weight > WEIGHT && this.#first < this.#next - 1) this.#drop();
  }

  #drop(): void {
    const slot = (this.#first - 1) % KEPT;
    this.#weight -= this.#weights[slot] ?? 0;
    this.#weights[slot] = 0;
    this.#spans[slot] = undefined;
    this.#first += 1;
  }
}

/** How many began before the first of a world's kept spans, and are gone. */
export function droppedBefore(spans: readonly Span[]): number {
  return (spans[0]?.id ?? 1) - 1;
}

/** Said wherever a trace is shown; nothing where it is whole. */
export function droppedText(spans: readonly Span[]): string | undefined {
  const dropped = droppedBefore(spans);
  if (dropped === 0) return undefined;
  return `(${dropped === 1 ? "1 earlier step is" : `${dropped} earlier steps are`} gone: a trace keeps the newest ${KEPT}, of at most ${WEIGHT / 1024 / 1024} MB)`;
}

function weightOf(attributes: Readonly<Record<string, unknown>>): number {
  let weight = 0;
  // A decision is the policy's, shared by all who asked; its explanation is written when it is read.
  for (const name in attributes) if (name !== "decision") weight += sizeOf(attributes[name]);
  return weight;
}
