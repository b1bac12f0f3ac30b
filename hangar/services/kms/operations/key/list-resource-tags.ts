// Lists the tags of a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html

import type { ListResourceTagsInput, ListResourceTagsOutput } from "../../../../models/kms.d.ts";
import { findKey } from "../../rules/find-key.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listResourceTags = operation<ListResourceTagsInput, ListResourceTagsOutput>((input, context) => {
  const { page, next } = pageOf(findKey(context, input.KeyId).tags, { ...input, Limit: input.Limit ?? 50 });
  return { Tags: page, ...next };
});
