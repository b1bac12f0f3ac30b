// Takes tags off an API, a stage or a domain name.

import type { UntagResourceInput } from "../../../../models/apigatewayv2.d.ts";
import { changeTags } from "../../rules/tagged.ts";
import { operation } from "../../store.ts";

export const untagResource = operation<UntagResourceInput, Record<string, never>>(async (input, context) => {
  await changeTags(context, input.ResourceArn, { set: {}, remove: input.TagKeys });
  return {};
});
