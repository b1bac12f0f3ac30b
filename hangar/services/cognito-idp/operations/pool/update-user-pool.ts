// Changes a pool: what is not named goes back to AWS's default, what can never change stays. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html

import type { UpdateUserPoolInput, UpdateUserPoolOutput } from "../../../../models/cognito-idp.d.ts";
import { grantKey } from "../../engine/custom-senders.ts";
import { findPool } from "../../engine/find.ts";
import { checkMfa } from "../../rules/mfa-settings.ts";
import { checkPoolSettings } from "../../rules/refused-settings.ts";
import { checkTags } from "../../rules/tags.ts";
import { operation, type PoolRow } from "../../store.ts";

export const updateUserPool = operation<UpdateUserPoolInput, UpdateUserPoolOutput>(
  async ({ UserPoolId, UserPoolTags, PoolName, ...changes }, context) => {
    const { pool, store } = findPool(context, UserPoolId);
    checkPoolSettings(changes);
    const {
      AliasAttributes,
      UsernameAttributes,
      UsernameConfiguration,
      PoolName: name,
      DeletionProtection,
    } = pool.settings;
    const kept = { AliasAttributes, UsernameAttributes, UsernameConfiguration, DeletionProtection };
    const changed: PoolRow = {
      ...pool,
      modified: context.clock.now(),
      tags: UserPoolTags ?? pool.tags,
      settings: {
        ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
        ...changes,
        PoolName: PoolName ?? name,
      },
    };
    checkTags(changed.tags);
    checkMfa(changed);
    await grantKey(context, changed);
    store.pools.put(pool.id, changed);
    return {};
  },
);
