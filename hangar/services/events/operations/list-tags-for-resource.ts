// Lists the tags of a bus or rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html

import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "../../../models/events.d.ts";
import { operation } from "../store.ts";
import { change } from "../rules/tagged.ts";

export const listTagsForResource = operation<ListTagsForResourceInput, ListTagsForResourceOutput>((input, context) => {
  const tags = change(context, input.ResourceARN, (now) => now);
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
});
