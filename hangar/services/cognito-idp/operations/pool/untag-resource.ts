// Removes tags from a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../../models/cognito-idp.d.ts";
import { taggedPool } from "../../engine/find-tagged.ts";
import { operation } from "../../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>(({ ResourceArn, TagKeys }, context) => {
  const { pool, store } = taggedPool(context, ResourceArn);
  const tags = Object.fromEntries(Object.entries(pool.tags).filter(([key]) => !TagKeys.includes(key)));
  store.pools.put(pool.id, { ...pool, tags });
  return {};
});
