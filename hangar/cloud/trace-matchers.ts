// What a test expects of a trace, for any runner's expect.extend, or asked as plain functions.

import { loadModel } from "../models/load.ts";
import { shown } from "../kernel/differences.ts";
import {
  callsLike,
  deliveries,
  deliveriesLike,
  denialsLike,
  type CallFacts,
  type DeliveryFacts,
  type DenialFacts,
  type Likeness,
} from "../kernel/trace-steps.ts";
import { droppedText, type Span } from "../kernel/trace.ts";
import { matchesWildcard } from "../kernel/wildcard.ts";
import { services } from "./services.ts";

export type Times = {
  /** Exactly so often; once or more often when absent. */
  readonly times?: number | undefined;
};
export type CallOptions = CallFacts & Times;

/** Spans, or a cloud's `trace`; what another process holds is awaited. */
export type Traced =
  | readonly Span[]
  | PromiseLike<readonly Span[]>
  | { spans(): readonly Span[] | PromiseLike<readonly Span[]> };

/** What expect.extend takes. `message` is for the failure: of `.not` when it passed. */
export type MatcherResult = { readonly pass: boolean; readonly message: () => string };

type Answer<From extends Traced> = From extends readonly Span[] | { spans(): readonly Span[] }
  ? MatcherResult
  : Promise<MatcherResult>;

/** A call of `service:Operation` that succeeded (or failed with `error`), with at least this input. `*` stands for anything. */
export function toHaveCalled<From extends Traced>(
  trace: From,
  action: string,
  input?: object,
  options: CallOptions = {},
): Answer<From> {
  checkOperation(action);
  return judged(trace, (spans) => {
    const { times, ...facts } = options;
    const narrower = Object.entries(facts).flatMap(([name, value]) =>
      value === undefined ? [] : `, ${name} ${shown(value)}`,
    );
    const what = `a call of ${action}${said(input)}${narrower.join("")}`;
    const others = `Calls in this trace: ${counted(spans.filter(({ kind }) => kind === "call").map(({ name }) => name))}`;
    return verdict({ what, times, found: callsLike(spans, action, { ...facts, input }), others });
  });
}

/** A denial of an IAM action (or an operation), by role, caller, resource or input. */
export function toHaveDenied<From extends Traced>(
  trace: From,
  action: string,
  facts: DenialFacts = {},
  { times }: Times = {},
): Answer<From> {
  checkService(action);
  return judged(trace, (spans) => {
    const found = denialsLike(spans, action, facts);
    const denied = denialsLike(spans, "*", {}).filter(({ unlike }) => unlike.length === 0);
    const others = `Denied in this trace: ${counted(denied.map(({ title }) => title))}`;
    return verdict({ what: `a denial of ${action}${said(facts)}`, times, found, others });
  });
}

/** A delivery that arrived: to an ARN, its last part or a URL, or by or to a service (`sns`); from where, and with which event. */
export function toHaveDelivered<From extends Traced>(
  trace: From,
  to: string,
  facts: DeliveryFacts = {},
  { times }: Times = {},
): Answer<From> {
  return judged(trace, (spans) =>
    verdict({
      what: `a delivery of ${to}${said(facts)}`,
      times,
      found: deliveriesLike(spans, to, facts),
      others: `Deliveries in this trace: ${counted(deliveries(spans))}`,
    }),
  );
}

/** `expect.extend(traceMatchers)`, of vitest, Jest or any other that takes such. */
export const traceMatchers = { toHaveCalled, toHaveDenied, toHaveDelivered };

function judged<From extends Traced>(trace: From, judge: (spans: readonly Span[]) => MatcherResult): Answer<From> {
  const source: Traced = trace;
  const whole = typeof source === "object" && source !== null && "spans" in source;
  const spans = whole ? source.spans() : source;
  // Spans that the test chose itself need not begin with the first.
  const answer = (given: readonly Span[]): MatcherResult => withDropped(judge(given), whole ? given : []);
  if (Array.isArray(spans)) return answer(spans as readonly Span[]) as Answer<From>;
  if (typeof (spans as PromiseLike<readonly Span[]> | undefined)?.then !== "function")
    throw new TypeError("Expect it of a cloud's trace, e.g. expect(cloud.trace), or of its spans.");
  return Promise.resolve(spans as PromiseLike<readonly Span[]>).then(answer) as Answer<From>;
}

function withDropped({ pass, message }: MatcherResult, spans: readonly Span[]): MatcherResult {
  const dropped = droppedText(spans);
  return { pass, message: dropped === undefined ? message : () => `${message()}\n${dropped}` };
}

type Asked = {
  readonly what: string;
  readonly times: number | undefined;
  readonly found: readonly Likeness[];
  readonly others: string;
};

const NEAREST = 3;

function verdict({ what, times, found, others }: Asked): MatcherResult {
  const same = found.filter(({ unlike }) => unlike.length === 0);
  const pass = times === undefined ? same.length > 0 : same.length === times;
  const message = (): string => {
    const often = times === undefined ? "" : ` ${times === 1 ? "once" : `${times} times`}`;
    const there =
      same.length === 0 ? "there was none" : `there ${same.length === 1 ? "was one" : `were ${same.length}`}`;
    if (pass)
      return [`Expected not${often} ${what}, but ${there}:`, ...same.map(({ title }) => `  ${title}`)].join("\n");
    const nearest = found
      .filter(({ unlike }) => unlike.length > 0)
      .toSorted((one, other) => one.unlike.length - other.unlike.length);
    return [
      `Expected${often} ${what}, but ${there}.`,
      ...same.map(({ title }) => `  ${title}`),
      ...(nearest.length === 0 ? [] : ["The nearest:"]),
      ...nearest
        .slice(0, NEAREST)
        .flatMap(({ title, unlike }) => [`  ${title}`, ...unlike.map((each) => `    ${each}`)]),
      ...(nearest.length > NEAREST ? [`  … and ${nearest.length - NEAREST} more`] : []),
      ...(found.length === 0 ? [others] : []),
    ].join("\n");
  };
  return { pass, message };
}

function said(facts: object | undefined): string {
  const given = Object.entries(facts ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : ` with ${shown(Object.fromEntries(given))}`;
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(", ") || "none";
}

/** A misspelt name would make `.not` pass for ever. */
function checkOperation(action: string): void {
  const [service = "", operation = ""] = action.split(":");
  checkService(action);
  const names = Object.keys(service.includes("*") ? {} : loadModel(service).operations);
  if (names.length > 0 && !names.some((name) => matchesWildcard(operation, name)))
    throw new RangeError(`There is no operation ${action}. Write e.g. "sqs:SendMessage" or "sqs:*".`);
}

function checkService(action: string): void {
  const [service = ""] = action.split(":");
  if (service.includes("*") || services[service] !== undefined) return;
  throw new RangeError(`There is no service of ${action}. Write e.g. "sqs:SendMessage" or "sqs:*".`);
}
