// Confirms a subscription with the token that its endpoint got. https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html

import type { ConfirmSubscriptionInput, ConfirmSubscriptionOutput } from "../../../../models/sns.d.ts";
import { invalidParameter, invalidParameterPlainly } from "../../errors.ts";
import { splitArn } from "../../rules/arn.ts";
import { operation, storeOf, subscriptionKey, subscriptionsOf } from "../../store.ts";

const TOKEN = /^[0-9a-f]{288}$/;

export const confirmSubscription = operation<ConfirmSubscriptionInput, ConfirmSubscriptionOutput>((input, context) => {
  const { service, region, account, resource } = splitArn(input.TopicArn, "TopicArn");
  if (service !== "sns" || region !== context.region) throw invalidParameter("Topic");
  const store = storeOf(context, account);
  const topic = store.topics.get(resource);
  if (!TOKEN.test(input.Token))
    throw topic === undefined ? invalidParameter("Token") : invalidParameterPlainly("Invalid token");
  const subscription =
    topic === undefined ? undefined : subscriptionsOf({ topic, store }).find((each) => each.token === input.Token);
  if (subscription === undefined) throw invalidParameter("Token");
  const authenticated = input.AuthenticateOnUnsubscribe === "true" && context.caller.kind !== "anonymous";
  store.subscriptions.put(subscriptionKey(subscription), {
    ...subscription,
    pending: false,
    authenticated: subscription.pending ? authenticated : subscription.authenticated,
  });
  return { SubscriptionArn: subscription.arn };
});
