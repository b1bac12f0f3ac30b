// Lists a stream's tags. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html

import type { ListTagsForStreamInput, ListTagsForStreamOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { listTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const listTagsForStream = operation<ListTagsForStreamInput, ListTagsForStreamOutput>((input, context) => {
  const { stream } = findStream(context, input);
  const { ExclusiveStartTagKey: start, Limit: limit = 50 } = input;
  const tags = listTags(stream.tags).filter((tag) => start === undefined || tag.Key > start);
  return { Tags: tags.slice(0, limit), HasMoreTags: tags.length > limit };
});
