// Takes tags off a pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UntagResource.html

import type { UntagResourceInput, UntagResourceOutput } from "../../../models/cognito-identity.d.ts";
import { poolOfArn } from "../engine/tagged.ts";
import { operation } from "../store.ts";

export const untagResource = operation<UntagResourceInput, UntagResourceOutput>(({ ResourceArn, TagKeys }, context) => {
  const pool = poolOfArn(context, ResourceArn);
  const kept = Object.entries(pool.tags).filter(([name]) => !TagKeys.includes(name));
  context.store.pools.put(pool.IdentityPoolId, { ...pool, tags: Object.fromEntries(kept) });
  return {};
});
