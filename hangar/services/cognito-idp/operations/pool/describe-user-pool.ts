// Shows a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html

import type { DescribeUserPoolInput, DescribeUserPoolOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { domainsOf } from "../../engine/domains.ts";
import { poolDescription } from "../../rules/pool-description.ts";
import { keyIn, operation } from "../../store.ts";

export const describeUserPool = operation<DescribeUserPoolInput, DescribeUserPoolOutput>((input, context) => {
  const place = findPool(context, input.UserPoolId);
  const { pool, store } = place;
  let users = 0;
  for (const _ of store.users.keys({ prefix: keyIn(pool, "") })) users += 1;
  return { UserPool: { ...poolDescription(pool, users), ...domainsOf(place) } };
});
