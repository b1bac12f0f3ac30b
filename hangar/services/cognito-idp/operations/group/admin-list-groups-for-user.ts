// Lists the groups a user is in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html

import type { AdminListGroupsForUserInput, AdminListGroupsForUserOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { groupDescription } from "../../rules/group-description.ts";
import { keysPage, withNext } from "../../rules/pages.ts";
import { keyIn, nameKey, operation } from "../../store.ts";

export const adminListGroupsForUser = operation<AdminListGroupsForUserInput, AdminListGroupsForUserOutput>(
  ({ UserPoolId, Username, Limit, NextToken }, context) => {
    const place = findPool(context, UserPoolId);
    const { pool, store } = place;
    const prefix = keyIn(pool, nameKey(pool, findUser(place, Username).user.username), "");
    const { rows, next } = keysPage(store.memberships, { prefix, most: Limit ?? 60, token: NextToken });
    const groups = rows.flatMap((name) => store.groups.get(keyIn(pool, name)) ?? []);
    return { Groups: groups.map((group) => groupDescription(pool, group)), ...withNext("NextToken", next) };
  },
);
