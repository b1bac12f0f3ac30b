// Lists a topic's tags. https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../../models/sns.d.ts";
import { resourceDoesNotExist } from "../../errors.ts";
import { findTopic, operation } from "../../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>((input, context) => {
  const place = findTopic(context, input.ResourceArn, "ResourceArn");
  if (place === undefined) throw resourceDoesNotExist();
  return { Tags: Object.entries(place.topic.tags).map(([Key, Value]) => ({ Key, Value })) };
});
