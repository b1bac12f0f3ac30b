// Adds tags to a stream or consumer. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../models/kinesis.d.ts";
import { findResource } from "../engine/find-stream.ts";
import { keepTags, tagsOf } from "../engine/tagged-resource.ts";
import { withTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>((input, context) => {
  const found = findResource(context, input.ResourceARN);
  keepTags(found, withTags(tagsOf(found), input.Tags, input.ResourceARN));
  return {};
});
