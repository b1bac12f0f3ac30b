// Adds attributes to a pool's schema; they can never be removed. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html

import type { AddCustomAttributesInput, AddCustomAttributesOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { withCustom } from "../../rules/schema.ts";
import { operation } from "../../store.ts";

export const addCustomAttributes = operation<AddCustomAttributesInput, AddCustomAttributesOutput>((input, context) => {
  const { pool, store } = findPool(context, input.UserPoolId);
  const schema = withCustom(pool.schema, input.CustomAttributes);
  store.pools.put(pool.id, { ...pool, schema, modified: context.clock.now() });
  return {};
});
