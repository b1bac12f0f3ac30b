// What happened, as a tree of spans: calls, deliveries, decisions, work. Observing only; no flow depends on it.

import type { Clock } from "./clock.ts";

export type SpanKind = "call" | "work" | "delivery" | "invocation" | "http" | "resource";

/** One thing that happened. Times are the world's clock in milliseconds; `elapsed` is host milliseconds. */
export type Span = {
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

const KEPT = 20_000;

export class Trace {
  readonly #clock: Clock;
  readonly #spans: Span[] = [];
  readonly #listeners = new Set<TraceListener>();
  readonly #remembered = new Map<string, Span>();
  #next = 1;
  #start = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(kind: SpanKind, name: string, parent: Span | undefined, attributes: Record<string, unknown> = {}): Span {
    const span: Span = { id: this.#next, parent: parent?.id, kind, name, at: this.#clock.now(), attributes };
    this.#next += 1;
    this.#start = this.#next;
    // A ring: the newest KEPT spans, without shifting the array.
    this.#spans[(span.id - 1) % KEPT] = span;
    return span;
  }

  end(span: Span, elapsed: number, error?: { readonly code: string; readonly message: string }): void {
    span.elapsed = elapsed;
    if (error !== undefined) span.error = error;
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
    this.#remembered.set(key, span);
  }

  recall(key: string): Span | undefined {
    return this.#remembered.get(key);
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
    const from = Math.max(1, this.#start - KEPT);
    const out: Span[] = [];
    for (let id = from; id < this.#next; id += 1) {
      const span = this.#spans[(id - 1) % KEPT];
      if (span !== undefined && span.id === id) out.push(span);
    }
    return out;
  }
}
