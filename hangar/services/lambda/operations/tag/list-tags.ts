// Tags of a function or an event source mapping. https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html

import type { ListTagsRequest, ListTagsResponse } from "../../../../models/lambda.d.ts";
import { tagHolder } from "../../rules/tag-holder.ts";
import { operation } from "../../store.ts";

export const listTags = operation<ListTagsRequest, ListTagsResponse>((input, context) => ({
  Tags: tagHolder(context, input.Resource).tags,
}));
