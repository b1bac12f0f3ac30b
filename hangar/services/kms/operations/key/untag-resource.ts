// Removes tags from a key. https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput } from "../../../../models/kms.d.ts";
import { checkNotPending, ownKey, putKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const untagResource = operation<UntagResourceInput, void>((input, context) => {
  const key = ownKey(context, input.KeyId);
  checkNotPending(key);
  putKey(context, { ...key, tags: key.tags.filter((tag) => !input.TagKeys.includes(tag.TagKey)) });
});
