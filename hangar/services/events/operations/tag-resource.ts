// Puts tags on a bus or rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../models/events.d.ts";
import { operation, tagsOf } from "../store.ts";
import { change } from "../rules/tagged.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>((input, context) => {
  change(context, input.ResourceARN, (tags) => ({ ...tags, ...tagsOf(input.Tags) }));
  return {};
});
