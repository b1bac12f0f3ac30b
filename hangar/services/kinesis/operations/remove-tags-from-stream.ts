// Removes tags from a stream. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RemoveTagsFromStream.html

import type { RemoveTagsFromStreamInput, RemoveTagsFromStreamOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { withoutTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const removeTagsFromStream = operation<RemoveTagsFromStreamInput, RemoveTagsFromStreamOutput>(
  (input, context) => {
    const { stream, store } = findStream(context, input);
    store.streams.put(stream.name, { ...stream, tags: withoutTags(stream.tags, input.TagKeys) });
    return {};
  },
);
