// A topic's attributes: which there are, what they may be, and what a new topic has.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { invalidParameter } from "../errors.ts";
import type { Topic } from "../store.ts";
import { effectiveTopicPolicy, policyFault } from "./delivery-policy.ts";

type Attributes = Readonly<Record<string, string>>;

const FEEDBACK = ["Application", "Firehose", "HTTP", "Lambda", "SQS"].flatMap((protocol) => [
  `${protocol}SuccessFeedbackRoleArn`,
  `${protocol}SuccessFeedbackSampleRate`,
  `${protocol}FailureFeedbackRoleArn`,
]);
const SETTABLE = new Set([
  "ContentBasedDeduplication",
  "DeliveryPolicy",
  "DisplayName",
  "FifoThroughputScope",
  "KmsMasterKeyId",
  "Policy",
  "SignatureVersion",
  "TracingConfig",
  ...FEEDBACK,
]);
const FIFO_ONLY = new Set(["ContentBasedDeduplication", "FifoThroughputScope"]);
const VALUES: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ["true", "false"],
  FifoThroughputScope: ["Topic", "MessageGroup"],
  SignatureVersion: ["1", "2"],
  TracingConfig: ["PassThrough", "Active"],
};

const NAME = /^[\w-]{1,256}$/;
const SUFFIX = ".fifo";

export function checkTopicName(name: string, fifo: boolean): void {
  const stem = fifo && name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : name;
  const whole = name.length <= 256 && NAME.test(stem) && fifo === name.endsWith(SUFFIX);
  if (!whole) throw invalidParameter("Topic Name");
}

/** One attribute of Create or SetTopicAttributes; `prefix` is how the calling operation begins its reasons. */
export function checkTopicAttribute(name: string, value: string, { fifo, prefix }: Checking): void {
  if (name === "ArchivePolicy") {
    if (value === "" || value === "{}") return;
    throw notEmulated(
      "ArchivePolicy of a topic",
      "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html",
    );
  }
  if (!SETTABLE.has(name) || (FIFO_ONLY.has(name) && !fifo))
    throw invalidParameter(prefix === "" ? "AttributeName" : `${prefix}Unknown attribute ${name}`);
  const allowed = VALUES[name];
  if (allowed !== undefined && !allowed.includes(value))
    throw invalidParameter(`${prefix}${name}: Invalid value [${value}]. Must be ${allowed.join(" or ")}.`);
  if (name === "DeliveryPolicy" && value !== "") {
    const fault = policyFault(value, "topic");
    if (fault !== undefined) throw invalidParameter(`${prefix}${fault}`);
  }
  if (name === "DisplayName" && value.length > 100)
    throw invalidParameter(`${prefix}DisplayName: must be at most 100 characters`);
  if (name.endsWith("SampleRate") && !/^(?:100|\d?\d)$/.test(value))
    throw invalidParameter(`${prefix}${name}: Invalid value [${value}]. Must be between 0 and 100.`);
  if (name === "Policy" && value !== "") checkPolicy(value, prefix);
}

export type Checking = { readonly fifo: boolean; readonly prefix: string };

function checkPolicy(text: string, prefix: string): void {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === "object" && policy !== null && "Statement" in policy) return;
  } catch {
    // Said below.
  }
  throw invalidParameter(`${prefix === "" ? "" : prefix}Policy Error: null`);
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
export function defaultPolicy(arn: string, account: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ACTIONS.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });
}

const ACTIONS = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
];

export type Counts = { readonly confirmed: number; readonly pending: number };

/** What GetTopicAttributes answers. */
export function shownAttributes(topic: Topic, { confirmed, pending }: Counts): Attributes {
  const { FifoThroughputScope, ...set } = topic.attributes;
  return {
    DisplayName: "",
    ...Object.fromEntries(Object.entries(set).filter(([name, value]) => value !== "" || name === "DisplayName")),
    ...(topic.fifo
      ? {
          FifoTopic: "true",
          ContentBasedDeduplication: topic.attributes["ContentBasedDeduplication"] ?? "false",
          ...(FifoThroughputScope === undefined ? {} : { FifoThroughputScope }),
        }
      : {}),
    EffectiveDeliveryPolicy: effectiveTopicPolicy(topic.attributes["DeliveryPolicy"]),
    Owner: topic.account,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsDeleted: String(topic.unsubscribed),
    SubscriptionsPending: String(pending),
    TopicArn: topic.arn,
  };
}
