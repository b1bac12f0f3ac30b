// Changes one attribute of a subscription; an empty value takes it away. https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html

import type { SetSubscriptionAttributesInput, SetSubscriptionAttributesOutput } from "../../../../models/sns.d.ts";
import { changedAttributes } from "../../rules/subscription-attributes.ts";
import { topicDoesNotExist } from "../../errors.ts";
import { operation, subscriptionAt } from "../../store.ts";

export const setSubscriptionAttributes = operation<SetSubscriptionAttributesInput, SetSubscriptionAttributesOutput>(
  (input, context) => {
    const { subscription, key, store } = subscriptionAt(context, input.SubscriptionArn);
    const topic = store.topics.get(subscription.topic);
    if (topic === undefined) throw topicDoesNotExist();
    const changes = { [input.AttributeName]: input.AttributeValue ?? "" };
    const setting = { topic, protocol: subscription.protocol, prefix: "" };
    store.subscriptions.put(key, {
      ...subscription,
      attributes: changedAttributes(subscription.attributes, changes, setting),
    });
    return {};
  },
);
