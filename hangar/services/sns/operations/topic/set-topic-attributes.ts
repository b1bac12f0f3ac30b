// Changes one attribute of a topic; an empty value takes it away. https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html

import type { SetTopicAttributesInput, SetTopicAttributesOutput } from "../../../../models/sns.d.ts";
import { checkTopicAttribute, defaultPolicy } from "../../rules/topic-attributes.ts";
import { operation, topicAt } from "../../store.ts";

export const setTopicAttributes = operation<SetTopicAttributesInput, SetTopicAttributesOutput>((input, context) => {
  const { topic, store } = topicAt(context, input.TopicArn);
  const { AttributeName: name, AttributeValue: value = "" } = input;
  checkTopicAttribute(name, value, { fifo: topic.fifo, prefix: "" });
  const attributes = { ...topic.attributes, [name]: value };
  if (value === "") {
    delete attributes[name];
    if (name === "Policy") attributes[name] = defaultPolicy(topic.arn, topic.account);
  }
  store.topics.put(topic.name, { ...topic, attributes });
  return {};
});
