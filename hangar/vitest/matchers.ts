// The trace's matchers in vitest's expect. Other runners take the same: expect.extend(traceMatchers), of hangar.

import { expect } from "vitest";
import {
  traceMatchers,
  type CallOptions,
  type MatcherResult,
  type Traced,
  type Times,
} from "../cloud/trace-matchers.ts";
import type { DeliveryFacts, DenialFacts } from "../kernel/trace-steps.ts";
import type { Span } from "../kernel/trace.ts";

/** What is expected of another process's trace must be awaited. */
type Judged<R, T> = T extends readonly Span[] | { spans(): readonly Span[] } ? R : T extends Traced ? Promise<void> : R;

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** A call of `service:Operation` that succeeded (or failed with `error`), with at least this input. `*` stands for anything. */
    toHaveCalled(action: string, input?: object, options?: CallOptions): Judged<R, T>;
    /** A denial of an IAM action (or an operation), by role, caller, resource or input. */
    toHaveDenied(action: string, facts?: DenialFacts, options?: Times): Judged<R, T>;
    /** A delivery that arrived: to an ARN, its last part or a URL, or by or to a service (`sns`); from where, and with which event. */
    toHaveDelivered(to: string, facts?: DeliveryFacts, options?: Times): Judged<R, T>;
  }
}

type Matcher = (trace: Traced, ...expected: never[]) => MatcherResult | Promise<MatcherResult>;

expect.extend(traceMatchers satisfies Readonly<Record<string, Matcher>>);
