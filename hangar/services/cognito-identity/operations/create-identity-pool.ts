// Makes an identity pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html

import type { CreateIdentityPoolInput, CreateIdentityPoolOutput } from "../../../models/cognito-identity.d.ts";
import { poolAnswer } from "../rules/answers.ts";
import { settingsOf } from "../rules/pool-settings.ts";
import { operation, type PoolRow } from "../store.ts";

export const createIdentityPool = operation<CreateIdentityPoolInput, CreateIdentityPoolOutput>((input, context) => {
  const { account, region, store, ids } = context;
  const IdentityPoolId = `${region}:${ids.uuid()}`;
  const row: PoolRow = { IdentityPoolId, ...settingsOf(input), account, region, tags: input.IdentityPoolTags ?? {} };
  store.pools.put(IdentityPoolId, row);
  return poolAnswer(row);
});
