// Adds tags to a stream. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html

import type { AddTagsToStreamInput, AddTagsToStreamOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { withTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const addTagsToStream = operation<AddTagsToStreamInput, AddTagsToStreamOutput>((input, context) => {
  const { stream, store } = findStream(context, input);
  const tags = withTags(stream.tags, input.Tags, `stream ${stream.name} under account ${stream.account}`);
  store.streams.put(stream.name, { ...stream, tags });
  return {};
});
