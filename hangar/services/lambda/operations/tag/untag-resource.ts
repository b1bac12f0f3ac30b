// Removes tags. https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html

import type { UntagResourceRequest } from "../../../../models/lambda.d.ts";
import { tagHolder } from "../../rules/tag-holder.ts";
import { operation } from "../../store.ts";

export const untagResource = operation<UntagResourceRequest, Record<string, never>>((input, context) => {
  const holder = tagHolder(context, input.Resource);
  holder.write(Object.fromEntries(Object.entries(holder.tags).filter(([key]) => !input.TagKeys.includes(key))));
  return {};
});
