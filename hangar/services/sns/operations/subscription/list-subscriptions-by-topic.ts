// Lists a topic's subscriptions, a hundred at a time. https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html

import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicOutput } from "../../../../models/sns.d.ts";
import { pageOf } from "../../rules/page.ts";
import { summaryOf } from "../../rules/subscription-summary.ts";
import { operation, subscriptionsOf, topicAt } from "../../store.ts";

export const listSubscriptionsByTopic = operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicOutput>(
  (input, context) => {
    const { items, next } = pageOf(subscriptionsOf(topicAt(context, input.TopicArn)), input.NextToken);
    return { Subscriptions: items.map(summaryOf), NextToken: next };
  },
);
