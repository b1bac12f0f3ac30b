// Deletes a topic with its subscriptions; one that is not there is no error. https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html

import type { DeleteTopicInput, DeleteTopicOutput } from "../../../../models/sns.d.ts";
import { compositeKey } from "../../../../kernel/table.ts";
import { findTopic, forget, operation, subscriptionKey, subscriptionsOf } from "../../store.ts";

export const deleteTopic = operation<DeleteTopicInput, DeleteTopicOutput>((input, context) => {
  const place = findTopic(context, input.TopicArn);
  if (place === undefined) return {};
  const { topic, store } = place;
  for (const subscription of subscriptionsOf(place))
    forget({ subscription, key: subscriptionKey(subscription), store });
  for (const key of Array.from(store.deduplications.keys({ prefix: compositeKey(topic.name, "") })))
    store.deduplications.delete(key);
  store.topics.delete(topic.name);
  return {};
});
