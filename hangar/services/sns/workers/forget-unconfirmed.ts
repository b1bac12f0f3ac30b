// Removes a subscription that nobody has confirmed in time. https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html

import { forget, storeOf, type SnsContext } from "../store.ts";

const TWO_DAYS = 2 * 86_400_000;

type Unconfirmed = {
  readonly account: string;
  /** Key in `subscriptions`. */
  readonly subscription: string;
};

export function forgetLater({ scheduler, clock }: SnsContext, unconfirmed: Unconfirmed): void {
  scheduler.at(clock.now() + TWO_DAYS, "sns.forgetUnconfirmed", unconfirmed);
}

export function forgetUnconfirmed({ account, subscription: key }: Unconfirmed, context: SnsContext): void {
  const store = storeOf(context, account);
  const subscription = store.subscriptions.get(key);
  if (subscription?.pending === true) forget({ subscription, key, store });
}
