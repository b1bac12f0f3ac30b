// Sends a message to one subscriber, once; what comes of it is told by whether and how it throws.

import { reachable } from "../../../cloud/reachable-url.ts";
import { senderHeaders } from "../../../cloud/sender.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Span } from "../../../kernel/trace.ts";
import { withoutPassword } from "../../../kernel/without-password.ts";
import type { DeliveryOptions } from "../../../ports/targets.ts";
import { post, type Answer } from "../engine/post.ts";
import { effectivePolicy } from "../rules/delivery-policy.ts";
import { givenAttributes } from "../rules/message-attributes.ts";
import { envelope, lambdaEvent, noticeOf, textFor, type Addressed, type Notice } from "../rules/notification.ts";
import { isRaw } from "../rules/subscription-attributes.ts";
import type { Message, SnsContext, Subscription, Topic } from "../store.ts";
import { sign } from "./sign.ts";

export type Sending = { readonly topic: Topic; readonly subscription: Subscription; readonly message: Message };

/** Thrown when a subscriber did not take a message; `final` when trying again is of no use. */
export class Refused extends Error {
  readonly final: boolean;
  readonly status: number;

  constructor(message: string, facts: { readonly final: boolean; readonly status: number }) {
    super(message);
    this.name = "Refused";
    this.final = facts.final;
    this.status = facts.status;
  }
}

/** What the subscriber answered. */
export async function send(context: SnsContext, sending: Sending): Promise<Answer> {
  const { protocol, endpoint } = sending.subscription;
  switch (protocol) {
    case "sqs":
      return deliver(context, endpoint, await bodyOf(context, sending), optionsFor(sending, endpoint));
    case "lambda":
      return deliver(context, endpoint, await eventOf(context, sending), { as: principalOf(sending.topic) });
    case "firehose":
      return deliver(context, endpoint, await bodyOf(context, sending), {
        as: principalOf(sending.topic),
        roleArn: sending.subscription.attributes["SubscriptionRoleArn"],
      });
    case "http":
    case "https":
      return toHttp(context, sending);
    default:
      // Mail, phones and push services are out of reach: the trace has what they would have got.
      noted(context, `${protocol}:${endpoint}`, textFor(sending.message, protocol), {
        messageId: sending.message.id,
        topicArn: sending.message.topicArn,
      });
      return { status: 200, text: "" };
  }
}

export function principalOf(topic: Topic): DeliveryOptions["as"] {
  return { service: "sns.amazonaws.com", sourceArn: topic.arn, sourceAccount: topic.account };
}

/** The groups of FIFO topics go to FIFO queues, those of standard topics to any. */
export function optionsFor({ topic, subscription, message }: Sending, queue: string): DeliveryOptions {
  const fifo = queue.endsWith(".fifo");
  return {
    as: principalOf(topic),
    ...(message.groupId !== undefined && (fifo || !topic.fifo) ? { groupId: message.groupId } : {}),
    ...(fifo && message.deduplicationId !== undefined ? { deduplicationId: message.deduplicationId } : {}),
    ...(isRaw(subscription) ? { messageAttributes: givenAttributes(message.attributes) } : {}),
  };
}

export async function bodyOf(context: SnsContext, sending: Sending): Promise<string> {
  const { subscription, message } = sending;
  if (isRaw(subscription)) return textFor(message, subscription.protocol);
  const notice = noticeOf(message, subscription.protocol);
  return envelope(notice, await addressed(context, sending, notice));
}

async function eventOf(context: SnsContext, sending: Sending): Promise<string> {
  const notice = noticeOf(sending.message, "lambda");
  return lambdaEvent(notice, sending.subscription, await addressed(context, sending, notice));
}

async function addressed(
  context: SnsContext,
  { topic, subscription, message }: Sending,
  notice: Notice,
): Promise<Addressed> {
  return {
    signed: await sign(context, topic, notice),
    unsubscribeUrl: `${context.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    sequenceNumber: message.sequenceNumber,
    attributes: message.attributes,
  };
}

async function deliver(context: SnsContext, arn: string, body: string, options: DeliveryOptions): Promise<Answer> {
  try {
    await context.ports.targets.deliver(arn, body, options);
    // Functions are invoked as events.
    return { status: arn.includes(":lambda:") ? 202 : 200, text: "" };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const final = (error.fault === "client" && !/thrott/i.test(error.code)) || error.code === "NotEmulated";
    throw new Refused(`${error.code}: ${error.message}`, { final, status: error.status });
  }
}

async function toHttp(context: SnsContext, sending: Sending): Promise<Answer> {
  const { topic, subscription, message } = sending;
  const raw = isRaw(subscription);
  const { requestPolicy } = effectivePolicy(
    topic.attributes["DeliveryPolicy"],
    subscription.attributes["DeliveryPolicy"],
  );
  const url = reachable(subscription.endpoint, context.endpoint);
  const answer = await traced(context, { url: subscription.endpoint, from: topic.arn }, (span) =>
    bodyOf(context, sending).then((body) =>
      post({
        url,
        body,
        headers: {
          ...senderHeaders(context, url, span),
          "Content-Type": requestPolicy.headerContentType,
          "x-amz-sns-message-type": "Notification",
          "x-amz-sns-message-id": message.id,
          "x-amz-sns-topic-arn": topic.arn,
          "x-amz-sns-subscription-arn": subscription.arn,
          ...(raw ? { "x-amz-sns-rawdelivery": "true" } : {}),
        },
      }),
    ),
  );
  check(answer);
  return answer;
}

/** 4xx other than 429 is for good. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export function check({ status, text }: Answer): void {
  if (status >= 200 && status < 300) return;
  const final = status >= 400 && status < 500 && status !== 429;
  throw new Refused(status === 0 ? text : `HTTP ${status}: ${text}`, { final, status });
}

/** The post as a span of the trace; `from` is the topic whose message it is. */
export async function traced(
  context: SnsContext,
  { url, from }: { readonly url: string; readonly from?: string },
  run: (span: Span) => Promise<Answer>,
): Promise<Answer> {
  const { trace } = context.world;
  const shown = withoutPassword(url);
  const span = trace.begin("delivery", `sns.amazonaws.com -> ${shown}`, context.span, {
    url: shown,
    ...(from === undefined ? {} : { from }),
  });
  const started = performance.now();
  const answer = await run(span);
  const taken = answer.status >= 200 && answer.status < 300;
  trace.end(
    span,
    performance.now() - started,
    taken ? undefined : { code: String(answer.status), message: answer.text },
  );
  return answer;
}

/** What leaves for somewhere that is not emulated: only the trace has it. */
export function noted(
  context: SnsContext,
  destination: string,
  text: string,
  about: { readonly messageId?: string; readonly topicArn?: string } = {},
): void {
  const { account, region } = context;
  const { trace } = context.world;
  const span = trace.begin("delivery", `sns.amazonaws.com -> ${destination}`, context.span, {
    message: text,
    delivered: false,
    account,
    region,
    ...about,
    ...(about.topicArn === undefined ? {} : { from: about.topicArn }),
  });
  trace.end(span, 0);
}
