// Tags an API, a stage or a domain name.

import type { TagResourceInput } from "../../../../models/apigatewayv2.d.ts";
import { changeTags } from "../../rules/tagged.ts";
import { operation } from "../../store.ts";

export const tagResource = operation<TagResourceInput, Record<string, never>>(async (input, context) => {
  await changeTags(context, input.ResourceArn, { set: input.Tags ?? {}, remove: [] });
  return {};
});
