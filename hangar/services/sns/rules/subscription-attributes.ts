// A subscription's attributes: which there are, what they may be, and how they are shown.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { invalidParameter } from "../errors.ts";
import type { Subscription, Topic } from "../store.ts";
import { effectivePolicy, policyFault, shownSubscriptionPolicy } from "./delivery-policy.ts";
import { checkFilterPolicy, isEmpty, jsonReason } from "./filter-policy.ts";

type Attributes = Readonly<Record<string, string>>;

const NAMES = [
  "DeliveryPolicy",
  "FilterPolicy",
  "FilterPolicyScope",
  "RawMessageDelivery",
  "RedrivePolicy",
  "SubscriptionRoleArn",
];

export type Setting = { readonly topic: Topic; readonly protocol: string; readonly prefix: string };

/** Checks `changes` against what there is and answers what there will be. */
export function changedAttributes(present: Attributes, changes: Attributes, setting: Setting): Attributes {
  const next = { ...present };
  for (const [name, value] of Object.entries(changes)) {
    if (name === "ReplayPolicy" && !isEmpty(value))
      throw notEmulated(
        "ReplayPolicy of a subscription",
        "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html",
      );
    if (name === "ReplayPolicy") continue;
    if (!NAMES.includes(name))
      throw invalidParameter(setting.prefix === "" ? "AttributeName" : `${setting.prefix}Unknown attribute: ${name}`);
    next[name] = value;
  }
  for (const name of NAMES) if (changes[name] !== undefined) checks[name]?.(next[name] ?? "", next, setting);
  return withoutEmpty(next);
}

type Check = (value: string, all: Attributes, setting: Setting) => void;

const checks: Readonly<Record<string, Check>> = {
  RawMessageDelivery: (value, _all, { prefix }) => {
    if (!/^(?:true|false)$/i.test(value))
      throw invalidParameter(`${prefix}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  },
  FilterPolicyScope: (value, all, { prefix }) => {
    if (value !== "MessageAttributes" && value !== "MessageBody") {
      throw invalidParameter(
        `${prefix}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
      );
    }
    if (all["FilterPolicy"] !== undefined) checkFilterPolicy(all["FilterPolicy"], value, prefix);
  },
  FilterPolicy: (value, all, { prefix }) => {
    if (value !== "") checkFilterPolicy(value, all["FilterPolicyScope"] ?? "MessageAttributes", prefix);
  },
  DeliveryPolicy: (value, _all, { prefix, protocol }) => {
    if (value === "") return;
    const fault = policyFault(value, "subscription");
    if (fault !== undefined) throw invalidParameter(`${prefix}${fault}`);
    if (!protocol.startsWith("http"))
      throw invalidParameter(
        `${prefix}DeliveryPolicy: Delivery protocol [${protocol}] does not support delivery policies.`,
      );
  },
  RedrivePolicy: (value, _all, setting) => {
    if (value !== "") checkRedrivePolicy(value, setting);
  },
};

function checkRedrivePolicy(text: string, { topic, prefix }: Setting): void {
  const reason = jsonReason(text);
  if (reason !== undefined) throw invalidParameter(`${prefix}RedrivePolicy: ${reason}`);
  if (isEmpty(text)) return;
  const target = deadLetterTarget(text);
  const arn = target === undefined ? undefined : parseArn(target);
  if (target === undefined || arn === undefined || arn.service !== "sqs")
    throw invalidParameter(`${prefix}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  if (topic.fifo && !target.endsWith(".fifo")) {
    throw invalidParameter(
      `${prefix}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
  }
}

export function deadLetterTarget(policy: string | undefined): string | undefined {
  if (policy === undefined || isEmpty(policy)) return undefined;
  const { deadLetterTargetArn: arn } = JSON.parse(policy) as { readonly deadLetterTargetArn?: unknown };
  return typeof arn === "string" ? arn : undefined;
}

function withoutEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => value !== "" && !(["FilterPolicy", "RedrivePolicy"].includes(name) && isEmpty(value)),
    ),
  );
}

/** Whether Subscribe asks again for what is there: attributes it does not name do not matter. */
export function sameAttributes(present: Attributes, given: Attributes): boolean {
  return Object.entries(given).every(([name, value]) => present[name] === value);
}

export function isRaw({ attributes }: Pick<Subscription, "attributes">): boolean {
  return attributes["RawMessageDelivery"]?.toLowerCase() === "true";
}

/** What GetSubscriptionAttributes answers. */
export function shownAttributes(subscription: Subscription, topic: Topic | undefined): Attributes {
  const { FilterPolicyScope: scope, DeliveryPolicy: policy, ...set } = subscription.attributes;
  const http = subscription.protocol.startsWith("http");
  return {
    ...set,
    ...(set["FilterPolicy"] === undefined ? {} : { FilterPolicyScope: scope ?? "MessageAttributes" }),
    ...(policy === undefined ? {} : { DeliveryPolicy: shownSubscriptionPolicy(policy) }),
    ...(http
      ? { EffectiveDeliveryPolicy: JSON.stringify(effectivePolicy(topic?.attributes["DeliveryPolicy"], policy)) }
      : {}),
    ConfirmationWasAuthenticated: String(subscription.authenticated),
    Endpoint: subscription.endpoint,
    Owner: subscription.owner,
    PendingConfirmation: String(subscription.pending),
    Protocol: subscription.protocol,
    RawMessageDelivery: String(isRaw(subscription)),
    SubscriptionArn: subscription.arn,
    SubscriptionPrincipal: subscription.principal,
    TopicArn: subscription.topicArn,
  };
}
