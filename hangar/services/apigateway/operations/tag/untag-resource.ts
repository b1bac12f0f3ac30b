// Takes tags off a thing. https://docs.aws.amazon.com/apigateway/latest/api/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../../models/apigateway.d.ts";
import { taggedBy } from "../../rules/tagged.ts";
import { operation } from "../../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>((input, context) => {
  const tagged = taggedBy(context, input.resourceArn);
  const gone = new Set(input.tagKeys);
  tagged.set(Object.fromEntries(Object.entries(tagged.tags).filter(([name]) => !gone.has(name))));
  return {};
});
