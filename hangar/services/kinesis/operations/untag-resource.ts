// Removes tags from a stream or consumer. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../models/kinesis.d.ts";
import { findResource } from "../engine/find-stream.ts";
import { keepTags, tagsOf } from "../engine/tagged-resource.ts";
import { withoutTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>((input, context) => {
  const found = findResource(context, input.ResourceARN);
  keepTags(found, withoutTags(tagsOf(found), input.TagKeys));
  return {};
});
