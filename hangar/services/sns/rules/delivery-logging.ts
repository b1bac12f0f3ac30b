// Delivery status logging: which roles and rates hold for a protocol, and what is written. https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html

import { hash } from "node:crypto";
import type { Message, Topic } from "../store.ts";

export type Logging = {
  readonly Protocol: string;
  readonly SuccessFeedbackRoleArn?: string | undefined;
  readonly SuccessFeedbackSampleRate?: string | undefined;
  readonly FailureFeedbackRoleArn?: string | undefined;
};

const PREFIXES: Readonly<Record<string, string>> = {
  application: "Application",
  firehose: "Firehose",
  "http/s": "HTTP",
  http: "HTTP",
  https: "HTTP",
  lambda: "Lambda",
  sqs: "SQS",
};
const NAMES = ["SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn"] as const;

/** CloudFormation's list as attributes of the topic. */
export function loggingAttributes(list: readonly Logging[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list.flatMap((logging) =>
      NAMES.flatMap((name) => {
        const value = logging[name];
        return value === undefined ? [] : [[`${PREFIXES[logging.Protocol] ?? logging.Protocol}${name}`, String(value)]];
      }),
    ),
  );
}

export function loggingOf(attributes: Readonly<Record<string, string>>): readonly Logging[] {
  return ["application", "firehose", "http/s", "lambda", "sqs"].flatMap((Protocol) => {
    const set = NAMES.flatMap((name) => {
      const value = attributes[`${PREFIXES[Protocol] ?? ""}${name}`];
      return value === undefined ? [] : [[name, value] as const];
    });
    return set.length === 0 ? [] : [{ Protocol, ...Object.fromEntries(set) }];
  });
}

/** Whether a delivery's outcome is logged; `draw` is a number below 1. */
export function isLogged(
  topic: Topic,
  protocol: string,
  outcome: { readonly failed: boolean; readonly draw: number },
): boolean {
  const prefix = PREFIXES[protocol];
  if (prefix === undefined) return false;
  const { attributes } = topic;
  if (outcome.failed) return (attributes[`${prefix}FailureFeedbackRoleArn`] ?? "") !== "";
  if ((attributes[`${prefix}SuccessFeedbackRoleArn`] ?? "") === "") return false;
  return outcome.draw * 100 < Number(attributes[`${prefix}SuccessFeedbackSampleRate`] ?? "100");
}

export function logsFeedback(topic: Topic): boolean {
  return Object.keys(topic.attributes).some((name) => name.endsWith("FeedbackRoleArn"));
}

export type Outcome = {
  readonly id: string;
  readonly destination: string;
  readonly now: number;
  readonly statusCode: number;
  readonly response: string;
  readonly failed: boolean;
};

export function logLine(message: Message, { id, destination, now, statusCode, response, failed }: Outcome): string {
  return JSON.stringify({
    notification: {
      messageMD5Sum: hash("md5", message.message, "hex"),
      messageId: message.id,
      topicArn: message.topicArn,
      timestamp: new Date(message.published).toISOString().replace("T", " ").replace("Z", ""),
    },
    delivery: {
      deliveryId: id,
      destination,
      providerResponse: response,
      dwellTimeMs: now - message.published,
      statusCode,
    },
    status: failed ? "FAILURE" : "SUCCESS",
  });
}

/** Successes and failures have groups of their own. */
export function logGroup({ account, region, name }: Topic, failed: boolean): string {
  return `sns/${region}/${account}/${name}${failed ? "/Failure" : ""}`;
}
