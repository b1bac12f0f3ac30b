// Takes tags off a topic. https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../../models/sns.d.ts";
import { resourceDoesNotExist } from "../../errors.ts";
import { findTopic, operation } from "../../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>((input, context) => {
  const place = findTopic(context, input.ResourceArn, "ResourceArn");
  if (place === undefined) throw resourceDoesNotExist();
  const { topic, store } = place;
  const gone = new Set(input.TagKeys);
  const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.has(key)));
  store.topics.put(topic.name, { ...topic, tags });
  return {};
});
