// Lists the tags of a stream or consumer. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../models/kinesis.d.ts";
import { findResource } from "../engine/find-stream.ts";
import { tagsOf } from "../engine/tagged-resource.ts";
import { listTags } from "../rules/tags.ts";
import { operation } from "../store.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>((input, context) => ({
  Tags: listTags(tagsOf(findResource(context, input.ResourceARN))),
}));
