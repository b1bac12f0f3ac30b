// Deliveries of a FIFO topic: one after the other within a subscription's message group; a failure holds up those behind it.

import { compositeKey } from "../../../kernel/table.ts";
import { storeOf, type SnsContext } from "../store.ts";
import { attempt } from "./deliver-message.ts";

export type OrderedDelivery = {
  readonly account: string;
  /** Key in `subscriptions`. */
  readonly subscription: string;
  /** Start of the group's keys in `outbox`. */
  readonly group: string;
};

export async function deliverInOrder(delivery: OrderedDelivery, context: SnsContext): Promise<void> {
  const busy = underWay(context);
  if (busy.has(delivery.group)) return;
  busy.add(delivery.group);
  try {
    await drain(delivery, context);
  } finally {
    busy.delete(delivery.group);
  }
}

async function drain({ account, subscription: key, group }: OrderedDelivery, context: SnsContext): Promise<void> {
  const store = storeOf(context, account);
  for (
    let first = store.outbox.first({ prefix: group });
    first !== undefined;
    first = store.outbox.first({ prefix: group })
  ) {
    const [place, { message, attempt: tries }] = first;
    const subscription = store.subscriptions.get(key);
    const topic = subscription === undefined ? undefined : store.topics.get(subscription.topic);
    if (subscription === undefined || topic === undefined) {
      store.outbox.delete(place);
      continue;
    }
    const wait = await attempt(context, { topic, subscription, message }, tries);
    if (wait === undefined) {
      store.outbox.delete(place);
      continue;
    }
    store.outbox.put(place, { message, attempt: tries + 1 });
    context.scheduler.at(context.clock.now() + wait, "sns.deliverInOrder", { account, subscription: key, group });
    return;
  }
}

export function groupKey(subscriptionArn: string, group: string): string {
  return compositeKey(subscriptionArn, group, "");
}

const ATTACHMENT = "sns.groups";

/** Groups that are being delivered right now, in this process: no state of the world. */
function underWay({ world, account, region }: SnsContext): Set<string> {
  const name = `${ATTACHMENT}/${account}/${region}`;
  let busy = world.attachments.get(name) as Set<string> | undefined;
  if (busy === undefined) {
    busy = new Set();
    world.attachments.set(name, busy);
  }
  return busy;
}
