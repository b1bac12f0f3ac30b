// Tells the tags of an API or a stage.

import type { GetTagsInput, GetTagsOutput } from "../../../../models/apigatewayv2.d.ts";
import { tagsOf } from "../../rules/tagged.ts";
import { operation } from "../../store.ts";

export const getTags = operation<GetTagsInput, GetTagsOutput>(async (input, context) => ({
  Tags: await tagsOf(context, input.ResourceArn),
}));
