// Puts tags on a pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_TagResource.html

import type { TagResourceInput, TagResourceOutput } from "../../../models/cognito-identity.d.ts";
import { poolOfArn } from "../engine/tagged.ts";
import { operation } from "../store.ts";

export const tagResource = operation<TagResourceInput, TagResourceOutput>(({ ResourceArn, Tags }, context) => {
  const pool = poolOfArn(context, ResourceArn);
  context.store.pools.put(pool.IdentityPoolId, { ...pool, tags: { ...pool.tags, ...Tags } });
  return {};
});
