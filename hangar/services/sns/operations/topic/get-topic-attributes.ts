// Reads a topic's attributes and counts. https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html

import type { GetTopicAttributesInput, GetTopicAttributesOutput } from "../../../../models/sns.d.ts";
import { shownAttributes } from "../../rules/topic-attributes.ts";
import { operation, subscriptionsOf, topicAt } from "../../store.ts";

export const getTopicAttributes = operation<GetTopicAttributesInput, GetTopicAttributesOutput>((input, context) => {
  const place = topicAt(context, input.TopicArn);
  const subscriptions = subscriptionsOf(place);
  const pending = subscriptions.filter((each) => each.pending).length;
  return { Attributes: shownAttributes(place.topic, { pending, confirmed: subscriptions.length - pending }) };
});
