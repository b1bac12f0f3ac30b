// One delivery of a standard topic: tried again on the clock as AWS's policies say, then sent to the dead-letter queue.

import { AwsError } from "../../../kernel/aws-error.ts";
import { effectivePolicy, httpWait, managedWait } from "../rules/delivery-policy.ts";
import { deadLetterTarget } from "../rules/subscription-attributes.ts";
import { storeOf, type Message, type SnsContext, type Subscription, type Topic } from "../store.ts";
import { logDelivery } from "./log-delivery.ts";
import { bodyOf, optionsFor, Refused, send, type Sending } from "./send.ts";

export type Delivery = {
  readonly account: string;
  /** Key in `subscriptions`. */
  readonly subscription: string;
  readonly message: Message;
  /** Tries made so far. */
  readonly attempt: number;
};

export async function deliverMessage(delivery: Delivery, context: SnsContext): Promise<void> {
  const store = storeOf(context, delivery.account);
  const subscription = store.subscriptions.get(delivery.subscription);
  const topic = subscription === undefined ? undefined : store.topics.get(subscription.topic);
  if (subscription === undefined || topic === undefined) return;
  const wait = await attempt(context, { topic, subscription, message: delivery.message }, delivery.attempt);
  if (wait !== undefined)
    context.scheduler.at(context.clock.now() + wait, "sns.deliver", { ...delivery, attempt: delivery.attempt + 1 });
}

/** Sends; answers how long to wait before the next try, or undefined when the message is done with. */
export async function attempt(context: SnsContext, sending: Sending, tries: number): Promise<number | undefined> {
  try {
    const { status, text } = await send(context, sending);
    await logDelivery(context, sending, { statusCode: status, response: text, failed: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await logDelivery(context, sending, { statusCode: error.status, response: error.message, failed: true });
    const wait = error.final ? undefined : waitBefore(tries + 1, sending);
    if (wait === undefined) await deadLetter(context, sending);
    return wait;
  }
}

function waitBefore(
  retry: number,
  { topic, subscription }: { topic: Topic; subscription: Subscription },
): number | undefined {
  if (!subscription.protocol.startsWith("http")) return managedWait(retry);
  const policy = effectivePolicy(topic.attributes["DeliveryPolicy"], subscription.attributes["DeliveryPolicy"]);
  return httpWait(policy.healthyRetryPolicy, retry);
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
async function deadLetter(context: SnsContext, sending: Sending): Promise<void> {
  const queue = deadLetterTarget(sending.subscription.attributes["RedrivePolicy"]);
  if (queue === undefined) return;
  try {
    await context.ports.targets.deliver(queue, await bodyOf(context, sending), optionsFor(sending, queue));
  } catch (error) {
    // A dead-letter queue that refuses loses the message, as on AWS; the trace has the refusal.
    if (!(error instanceof AwsError)) throw error;
  }
}
