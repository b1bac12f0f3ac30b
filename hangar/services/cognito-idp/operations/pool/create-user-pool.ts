// Creates a user pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html

import type { CreateUserPoolInput, CreateUserPoolOutput } from "../../../../models/cognito-idp.d.ts";
import { grantKey } from "../../engine/custom-senders.ts";
import { checkMfa } from "../../rules/mfa-settings.ts";
import { checkTags } from "../../rules/tags.ts";
import { poolDescription } from "../../rules/pool-description.ts";
import { checkPoolSettings } from "../../rules/refused-settings.ts";
import { schemaOf } from "../../rules/schema.ts";
import { operation, type PoolRow } from "../../store.ts";

export const createUserPool = operation<CreateUserPoolInput, CreateUserPoolOutput>(
  async ({ Schema, UserPoolTags = {}, ...settings }, context) => {
    const { store, account, region, clock, ids } = context;
    checkPoolSettings(settings);
    checkTags(UserPoolTags);
    const now = clock.now();
    const pool: PoolRow = {
      id: `${region}_${ids.alphanumeric(9)}`,
      account,
      region,
      created: now,
      modified: now,
      settings,
      schema: schemaOf(Schema),
      tags: UserPoolTags,
      softwareTokens: false,
    };
    checkMfa(pool);
    await grantKey(context, pool);
    store.pools.put(pool.id, pool);
    return { UserPool: poolDescription(pool, 0) };
  },
);
