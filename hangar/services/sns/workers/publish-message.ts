// A message that a topic has taken: each subscription that it passes gets a delivery of its own.

import { compositeKey } from "../../../kernel/table.ts";
import { passes } from "../rules/filter-policy.ts";
import { subscriptionKey, subscriptionsOf, type Message, type Place, type SnsContext } from "../store.ts";
import type { Delivery } from "./deliver-message.ts";
import { groupKey, type OrderedDelivery } from "./deliver-in-order.ts";

export function publishMessage(context: SnsContext, place: Place, message: Message): void {
  const { topic, store } = place;
  for (const subscription of subscriptionsOf(place)) {
    if (subscription.pending || !passes(subscription.attributes, message)) continue;
    const key = subscriptionKey(subscription);
    if (topic.fifo) {
      const group = groupKey(subscription.arn, message.groupId ?? "");
      store.outbox.put(compositeKey(subscription.arn, message.groupId ?? "", message.sequenceNumber ?? ""), {
        message,
        attempt: 0,
      });
      const ordered: OrderedDelivery = { account: topic.account, subscription: key, group };
      context.scheduler.later("sns.deliverInOrder", ordered);
    } else {
      const delivery: Delivery = { account: topic.account, subscription: key, message, attempt: 0 };
      context.scheduler.later("sns.deliver", delivery);
    }
  }
}
