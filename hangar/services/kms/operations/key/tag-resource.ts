// Adds tags to a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html

import type { TagResourceInput } from "../../../../models/kms.d.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { mergedTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagResource = operation<TagResourceInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkNotPending(key);
  putKey(context, { ...key, tags: mergedTags(key.tags, input.Tags) });
});
