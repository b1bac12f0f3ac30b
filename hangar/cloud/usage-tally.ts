// Counts what a world and all its forks used: operations, functions, addresses served, deliveries. Spans are counted, not kept.

import type { Span, Trace } from "../kernel/trace.ts";

export type Outcomes = {
  ok: number;
  /** How often it failed, by error code. */
  readonly errors: Record<string, number>;
};

const USES = ["operations", "functions", "served", "deliveries"] as const;

/** What was used, by kind and name, and how it ended. */
export type UsageCounts = {
  /** By `sqs:SendMessage`. */
  readonly operations: Readonly<Record<string, Outcomes>>;
  /** By ARN, without version or alias. */
  readonly functions: Readonly<Record<string, Outcomes>>;
  /** What answered HTTP: `<api id> GET /photos/{id}` of a REST, HTTP or WebSocket API's route, the ARN of a website's bucket or of a function with a URL. */
  readonly served: Readonly<Record<string, Outcomes>>;
  /** `<ARN of the source or the sending service> <ARN or address of the receiver>`: notifications, subscriptions, rules, schedules, and batches that functions took of queues and streams. */
  readonly deliveries: Readonly<Record<string, Outcomes>>;
};

type Use = (typeof USES)[number];

/** Names listed of a kind, and codes of a name: a load test must not fill the memory. */
const LISTED = 5000;
const CODES = 50;
/** Stands for all that came after those. */
const OTHERS = "*";

export class UsageTally {
  readonly #counted: Readonly<Record<Use, Map<string, Outcomes>>> = {
    operations: new Map(),
    functions: new Map(),
    served: new Map(),
    deliveries: new Map(),
  };
  readonly #listener = (span: Span): void => this.#count(span);

  listenTo(trace: Trace): void {
    trace.listen(this.#listener);
  }

  /** Adds what another tally counted. */
  add(counts: UsageCounts): void {
    for (const use of USES)
      for (const [name, { ok, errors }] of Object.entries(counts[use])) {
        const outcomes = this.#of(use, name);
        outcomes.ok += ok;
        for (const [code, count] of Object.entries(errors)) fail(outcomes, code, count);
      }
  }

  counts(): UsageCounts {
    const { operations, functions, served, deliveries } = this.#counted;
    return structuredClone({
      operations: Object.fromEntries(operations),
      functions: Object.fromEntries(functions),
      served: Object.fromEntries(served),
      deliveries: Object.fromEntries(deliveries),
    });
  }

  /** Of a deployment only what the app did for it counts, not the calls that made its resources. */
  forgetOperations(): void {
    this.#counted.operations.clear();
  }

  #count({ kind, name, attributes, error }: Span): void {
    if (kind === "call") this.#note("operations", name, error);
    const { serves, arn, from, url, batch } = attributes as Readonly<Record<string, unknown>>;
    if (typeof serves === "string") this.#note("served", serves, error);
    if (kind === "delivery" && typeof from === "string")
      this.#note("deliveries", `${from} ${[arn, url].find(isText) ?? name.slice(name.indexOf(" -> ") + 4)}`, error);
    if (kind !== "invocation" || typeof arn !== "string") return;
    const named = unqualified(arn);
    this.#note("functions", named, error);
    if (batch !== undefined)
      this.#note("deliveries", `${(batch as { readonly source: string }).source} ${named}`, error);
  }

  #note(use: Use, name: string, error: Span["error"]): void {
    const outcomes = this.#of(use, name);
    if (error === undefined) outcomes.ok += 1;
    else fail(outcomes, error.code, 1);
  }

  #of(use: Use, name: string): Outcomes {
    const counted = this.#counted[use];
    let found = counted.get(name);
    if (found !== undefined) return found;
    if (counted.size >= LISTED && name !== OTHERS) return this.#of(use, OTHERS);
    counted.set(name, (found = { ok: 0, errors: {} }));
    return found;
  }
}

function fail({ errors }: Outcomes, code: string, count: number): void {
  const known = code in errors || Object.keys(errors).length < CODES ? code : OTHERS;
  errors[known] = (errors[known] ?? 0) + count;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** `arn:aws:lambda:region:account:function:name:alias` without its last part. */
function unqualified(arn: string): string {
  return arn.split(":", 7).join(":");
}
