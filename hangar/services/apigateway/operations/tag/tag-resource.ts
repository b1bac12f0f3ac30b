// Adds tags to a thing. https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../../models/apigateway.d.ts";
import { taggedBy } from "../../rules/tagged.ts";
import { operation } from "../../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>((input, context) => {
  const tagged = taggedBy(context, input.resourceArn);
  tagged.set({ ...tagged.tags, ...input.tags });
  return {};
});
