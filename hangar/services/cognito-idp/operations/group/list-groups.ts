// Lists a pool's groups. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html

import type { ListGroupsInput, ListGroupsOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { groupDescription } from "../../rules/group-description.ts";
import { pageOf, withNext } from "../../rules/pages.ts";
import { keyIn, operation } from "../../store.ts";

export const listGroups = operation<ListGroupsInput, ListGroupsOutput>(({ UserPoolId, Limit, NextToken }, context) => {
  const { pool, store } = findPool(context, UserPoolId);
  const { rows, next } = pageOf(store.groups, { prefix: keyIn(pool, ""), most: Limit ?? 60, token: NextToken });
  return { Groups: rows.map((group) => groupDescription(pool, group)), ...withNext("NextToken", next) };
});
