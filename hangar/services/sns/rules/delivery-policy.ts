// Delivery policies of HTTP endpoints: AWS's defaults, what may be set, and what is in effect. https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html

export type RetryPolicy = {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: string;
};

type Json = Readonly<Record<string, unknown>>;

const RETRY: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};
const REQUEST = { headerContentType: "text/plain; charset=UTF-8" };

function parse(text: string | undefined): Json {
  return text === undefined || text === "" ? {} : (JSON.parse(text) as Json);
}

function member(policy: Json, name: string): Json | undefined {
  const value = policy[name];
  return typeof value === "object" && value !== null ? (value as Json) : undefined;
}

/** A topic's EffectiveDeliveryPolicy. */
export function effectiveTopicPolicy(text: string | undefined): string {
  const http = member(parse(text), "http") ?? {};
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...RETRY, ...member(http, "defaultHealthyRetryPolicy") },
      disableSubscriptionOverrides: http["disableSubscriptionOverrides"] ?? false,
      ...(http["defaultThrottlePolicy"] === undefined ? {} : { defaultThrottlePolicy: http["defaultThrottlePolicy"] }),
      defaultRequestPolicy: { ...REQUEST, ...member(http, "defaultRequestPolicy") },
    },
  });
}

/** A subscription's DeliveryPolicy with every member named, as AWS shows it. */
export function shownSubscriptionPolicy(text: string): string {
  const policy = parse(text);
  const retry = member(policy, "healthyRetryPolicy");
  return JSON.stringify({
    healthyRetryPolicy: retry === undefined ? null : { ...RETRY, ...retry },
    sicklyRetryPolicy: policy["sicklyRetryPolicy"] ?? null,
    throttlePolicy: policy["throttlePolicy"] ?? null,
    requestPolicy: policy["requestPolicy"] ?? null,
    guaranteed: policy["guaranteed"] ?? false,
  });
}

export type Effective = {
  readonly healthyRetryPolicy: RetryPolicy;
  readonly sicklyRetryPolicy: unknown;
  readonly throttlePolicy: unknown;
  readonly requestPolicy: { readonly headerContentType: string };
  readonly guaranteed: unknown;
};

/** What holds for a subscription: its own policy over its topic's, unless the topic forbids that. */
export function effectivePolicy(topicPolicy: string | undefined, subscriptionPolicy: string | undefined): Effective {
  const http = member(parse(topicPolicy), "http") ?? {};
  const own = http["disableSubscriptionOverrides"] === true ? {} : parse(subscriptionPolicy);
  return {
    healthyRetryPolicy: {
      ...RETRY,
      ...(member(own, "healthyRetryPolicy") ?? member(http, "defaultHealthyRetryPolicy")),
    },
    sicklyRetryPolicy: own["sicklyRetryPolicy"] ?? null,
    throttlePolicy: own["throttlePolicy"] ?? http["defaultThrottlePolicy"] ?? null,
    requestPolicy: { ...REQUEST, ...(member(own, "requestPolicy") ?? member(http, "defaultRequestPolicy")) },
    guaranteed: own["guaranteed"] ?? false,
  };
}

const LEAST_DELAY = 1;
const MOST_DELAY = 3600;
const MOST_RETRIES = 100;
const BACKOFFS = ["linear", "arithmetic", "geometric", "exponential"];

/** What is wrong with a policy, or undefined. `retryName` is where its retry policy stands. */
export function policyFault(text: string, scope: "topic" | "subscription"): string | undefined {
  let policy: Json;
  try {
    policy = parse(text);
  } catch {
    return "DeliveryPolicy: failed to parse JSON";
  }
  if (typeof policy !== "object" || policy === null || Array.isArray(policy))
    return "DeliveryPolicy: must be a JSON object";
  const retry =
    scope === "topic"
      ? member(member(policy, "http") ?? {}, "defaultHealthyRetryPolicy")
      : member(policy, "healthyRetryPolicy");
  return retry === undefined ? undefined : retryFault({ ...RETRY, ...retry });
}

function retryFault(retry: RetryPolicy): string | undefined {
  const { minDelayTarget: least, maxDelayTarget: most, numRetries, backoffFunction } = retry;
  if (least < LEAST_DELAY || least > most) return "DeliveryPolicy: minDelayTarget must be between 1 and maxDelayTarget";
  if (most > MOST_DELAY) return `DeliveryPolicy: maxDelayTarget must be at most ${MOST_DELAY}`;
  if (numRetries < 0 || numRetries > MOST_RETRIES)
    return `DeliveryPolicy: numRetries must be between 0 and ${MOST_RETRIES}`;
  const phases = retry.numNoDelayRetries + retry.numMinDelayRetries + retry.numMaxDelayRetries;
  if (phases > numRetries)
    return "DeliveryPolicy: numNoDelayRetries, numMinDelayRetries and numMaxDelayRetries together must not exceed numRetries";
  return BACKOFFS.includes(backoffFunction)
    ? undefined
    : `DeliveryPolicy: backoffFunction must be one of ${BACKOFFS.join(", ")}`;
}

/** Milliseconds until retry number `retry` (from 1), or undefined when no more are made. */
export function httpWait(policy: RetryPolicy, retry: number): number | undefined {
  const { numRetries, numNoDelayRetries: immediate, numMinDelayRetries: before, numMaxDelayRetries: after } = policy;
  if (retry > numRetries) return undefined;
  if (retry <= immediate) return 0;
  const { minDelayTarget: least, maxDelayTarget: most } = policy;
  if (retry <= immediate + before) return least * 1000;
  if (retry > numRetries - after) return most * 1000;
  const steps = numRetries - immediate - before - after;
  const step = retry - immediate - before;
  return Math.round(between(policy, steps <= 1 ? 0 : (step - 1) / (steps - 1)) * 1000);
}

function between({ minDelayTarget: least, maxDelayTarget: most, backoffFunction }: RetryPolicy, share: number): number {
  if (backoffFunction === "arithmetic") return least + (most - least) * share ** 2;
  if (backoffFunction === "geometric" || backoffFunction === "exponential") return least * (most / least) ** share;
  return least + (most - least) * share;
}

const IMMEDIATE = 3;
const SLOW_START = 2;
const BACKOFF = 10;
const LONG = 100_000;

/** SQS, Lambda and Firehose: 100,015 tries over 23 days. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export function managedWait(retry: number): number | undefined {
  if (retry <= IMMEDIATE) return 0;
  if (retry <= IMMEDIATE + SLOW_START) return 1000;
  if (retry <= IMMEDIATE + SLOW_START + BACKOFF)
    return Math.round(1000 * 20 ** ((retry - IMMEDIATE - SLOW_START - 1) / (BACKOFF - 1)));
  return retry <= IMMEDIATE + SLOW_START + BACKOFF + LONG ? 20_000 : undefined;
}
