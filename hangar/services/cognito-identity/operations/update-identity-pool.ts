// Sets a pool anew: what is not named goes back to nothing. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UpdateIdentityPool.html

import type { UpdateIdentityPoolInput, UpdateIdentityPoolOutput } from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { invalidParameter } from "../errors.ts";
import { poolAnswer } from "../rules/answers.ts";
import { settingsOf } from "../rules/pool-settings.ts";
import { operation, type PoolRow } from "../store.ts";

export const updateIdentityPool = operation<UpdateIdentityPoolInput, UpdateIdentityPoolOutput>((input, context) => {
  const { pool, store } = findPool(context, input.IdentityPoolId);
  const { IdentityPoolId, account, region, DeveloperProviderName: named } = pool;
  if (named !== undefined && input.DeveloperProviderName !== undefined && input.DeveloperProviderName !== named)
    throw invalidParameter("DeveloperProviderName can't be changed once it is set.");
  const DeveloperProviderName = named ?? input.DeveloperProviderName;
  const settings = settingsOf({ ...input, DeveloperProviderName });
  const row: PoolRow = { IdentityPoolId, ...settings, account, region, tags: input.IdentityPoolTags ?? pool.tags };
  store.pools.put(IdentityPoolId, row);
  return poolAnswer(row);
});
