// Tags a function or an event source mapping. https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html

import type { TagResourceRequest } from "../../../../models/lambda.d.ts";
import { invalidParameter } from "../../errors.ts";
import { tagHolder } from "../../rules/tag-holder.ts";
import { checkTagCount } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagResource = operation<TagResourceRequest, Record<string, never>>((input, context) => {
  const holder = tagHolder(context, input.Resource);
  // AWS says no more of it.
  if (Object.keys(input.Tags).length === 0)
    throw invalidParameter("An error occurred and the request cannot be processed.");
  const tags = { ...holder.tags, ...input.Tags };
  checkTagCount(tags);
  holder.write(tags);
  return {};
});
