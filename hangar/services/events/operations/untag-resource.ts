// Takes tags from a bus or rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../models/events.d.ts";
import { operation } from "../store.ts";
import { change } from "../rules/tagged.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>((input, context) => {
  change(context, input.ResourceARN, (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !input.TagKeys.includes(key))),
  );
  return {};
});
