// Adds tags to a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../../models/cognito-idp.d.ts";
import { taggedPool } from "../../engine/find-tagged.ts";
import { checkTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>(({ ResourceArn, Tags }, context) => {
  const { pool, store } = taggedPool(context, ResourceArn);
  const tags = { ...pool.tags, ...Tags };
  checkTags(tags);
  store.pools.put(pool.id, { ...pool, tags });
  return {};
});
