// Asks a subscriber to confirm, or tells it that it was unsubscribed: a signed message with the URL to visit.

import { reachable } from "../../../cloud/reachable-url.ts";
import { senderHeaders } from "../../../cloud/sender.ts";
import { effectivePolicy, httpWait } from "../rules/delivery-policy.ts";
import { envelope, type Notice } from "../rules/notification.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { post } from "../engine/post.ts";
import { storeOf, type SnsContext, type Subscription, type Topic } from "../store.ts";
import { check, noted, principalOf, Refused, traced } from "./send.ts";
import { sign } from "./sign.ts";

export type Confirmation = {
  readonly type: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly subscription: Subscription;
  readonly account: string;
  readonly id: string;
  readonly at: number;
  readonly attempt: number;
};

export async function confirm(confirmation: Confirmation, context: SnsContext): Promise<void> {
  const { subscription, account } = confirmation;
  const topic = storeOf(context, account).topics.get(subscription.topic);
  if (topic === undefined) return;
  const notice = noticeOf(confirmation, context.endpoint);
  const body = envelope(notice, { signed: await sign(context, topic, notice) });
  try {
    await ask(context, { topic, notice, body, subscription });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const policy = effectivePolicy(topic.attributes["DeliveryPolicy"], subscription.attributes["DeliveryPolicy"]);
    const wait = error.final ? undefined : httpWait(policy.healthyRetryPolicy, confirmation.attempt + 1);
    if (wait !== undefined)
      context.scheduler.at(context.clock.now() + wait, "sns.confirm", {
        ...confirmation,
        attempt: confirmation.attempt + 1,
      });
  }
}

function noticeOf({ type, subscription, id, at }: Confirmation, endpoint: string): Notice {
  const { topicArn, token, arn } = subscription;
  return {
    type,
    id,
    token,
    topicArn,
    message:
      type === "SubscriptionConfirmation"
        ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
        : `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    subscribeUrl: `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
    timestamp: new Date(at).toISOString(),
  };
}

type Asking = {
  readonly topic: Topic;
  readonly notice: Notice;
  readonly body: string;
  readonly subscription: Subscription;
};

async function ask(context: SnsContext, { topic, notice, body, subscription }: Asking): Promise<void> {
  const { protocol, endpoint } = subscription;
  if (protocol === "sqs" || protocol === "lambda") return toTarget(context, { topic, notice, body, subscription });
  if (!protocol.startsWith("http")) return noted(context, `${protocol}:${endpoint}`, body);
  const { requestPolicy } = effectivePolicy(
    topic.attributes["DeliveryPolicy"],
    subscription.attributes["DeliveryPolicy"],
  );
  const url = reachable(endpoint, context.endpoint);
  check(
    await traced(context, { url: endpoint }, (span) =>
      post({
        url,
        body,
        headers: {
          ...senderHeaders(context, url, span),
          "Content-Type": requestPolicy.headerContentType,
          "x-amz-sns-message-type": notice.type,
          "x-amz-sns-message-id": notice.id,
          "x-amz-sns-topic-arn": topic.arn,
          ...(notice.type === "UnsubscribeConfirmation" ? { "x-amz-sns-subscription-arn": subscription.arn } : {}),
        },
      }),
    ),
  );
}

/** Another account's queue is asked by message; one that does not let us in stays pending. */
async function toTarget(context: SnsContext, { topic, body, subscription }: Asking): Promise<void> {
  const { endpoint } = subscription;
  const order = endpoint.endsWith(".fifo")
    ? { groupId: "confirmation", deduplicationId: subscription.token.slice(0, 128) }
    : {};
  try {
    await context.ports.targets.deliver(endpoint, body, { as: principalOf(topic), ...order });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
