// Reads a subscription's attributes. https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html

import type { GetSubscriptionAttributesInput, GetSubscriptionAttributesOutput } from "../../../../models/sns.d.ts";
import { shownAttributes } from "../../rules/subscription-attributes.ts";
import { operation, subscriptionAt } from "../../store.ts";

export const getSubscriptionAttributes = operation<GetSubscriptionAttributesInput, GetSubscriptionAttributesOutput>(
  (input, context) => {
    const { subscription, store } = subscriptionAt(context, input.SubscriptionArn);
    return { Attributes: shownAttributes(subscription, store.topics.get(subscription.topic)) };
  },
);
