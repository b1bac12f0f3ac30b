// Puts tags on a topic. https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../../models/sns.d.ts";
import { resourceDoesNotExist } from "../../errors.ts";
import { checkTags, withTags } from "../../rules/tags.ts";
import { findTopic, operation } from "../../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>((input, context) => {
  checkTags(input.Tags);
  const place = findTopic(context, input.ResourceArn, "ResourceArn");
  if (place === undefined) throw resourceDoesNotExist();
  const { topic, store } = place;
  store.topics.put(topic.name, { ...topic, tags: withTags(topic.tags, input.Tags) });
  return {};
});
