// Lists the tags of a thing. https://docs.aws.amazon.com/apigateway/latest/api/API_GetTags.html

import type { GetTagsInput, GetTagsOutput } from "../../../../models/apigateway.d.ts";
import { taggedBy } from "../../rules/tagged.ts";
import { operation } from "../../store.ts";

export const getTags = operation<GetTagsInput, GetTagsOutput>((input, context) => ({
  tags: taggedBy(context, input.resourceArn).tags,
}));
