// Ends a subscription; one that is not there is no error. https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html

import type { UnsubscribeInput, UnsubscribeOutput } from "../../../../models/sns.d.ts";
import { invalidParameter, notAuthorized } from "../../errors.ts";
import { findSubscription, forget, operation, type SnsContext, type SubscriptionPlace } from "../../store.ts";
import type { Confirmation } from "../../workers/confirm.ts";

export const unsubscribe = operation<UnsubscribeInput, UnsubscribeOutput>((input, context) => {
  if (input.SubscriptionArn === "") throw invalidParameter("SubscriptionArn Reason: no value for required parameter");
  const found = findSubscription(context, input.SubscriptionArn);
  if (found === undefined) return {};
  const { subscription, store } = found;
  // The link in a message is unsigned: it works unless confirming asked for signatures.
  if (context.caller.kind === "anonymous" && subscription.authenticated) throw notAuthorized();
  const topic = store.topics.get(subscription.topic);
  forget(found);
  if (topic !== undefined && !subscription.pending)
    store.topics.put(topic.name, { ...topic, unsubscribed: topic.unsubscribed + 1 });
  if (subscription.protocol.startsWith("http") && !subscription.pending) say(context, found);
  return {};
});

function say({ scheduler, ids, clock }: SnsContext, { subscription }: SubscriptionPlace): void {
  const confirmation: Confirmation = {
    type: "UnsubscribeConfirmation",
    subscription,
    account: subscription.topicArn.split(":")[4] ?? "",
    id: ids.uuid(),
    at: clock.now(),
    attempt: 0,
  };
  scheduler.later("sns.confirm", confirmation);
}
