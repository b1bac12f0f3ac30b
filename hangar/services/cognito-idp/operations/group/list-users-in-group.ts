// Lists the users in a group. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html

import type { ListUsersInGroupInput, ListUsersInGroupOutput } from "../../../../models/cognito-idp.d.ts";
import { findGroup, findPool } from "../../engine/find.ts";
import { keysPage, withNext } from "../../rules/pages.ts";
import { userDescription } from "../../rules/pool-description.ts";
import { keyIn, operation } from "../../store.ts";

export const listUsersInGroup = operation<ListUsersInGroupInput, ListUsersInGroupOutput>(
  ({ UserPoolId, GroupName, Limit, NextToken }, context) => {
    const place = findPool(context, UserPoolId);
    const { pool, store } = place;
    const prefix = keyIn(pool, findGroup(place, GroupName).name, "");
    const { rows, next } = keysPage(store.members, { prefix, most: Limit ?? 60, token: NextToken });
    const users = rows.flatMap((key) => store.users.get(keyIn(pool, key)) ?? []);
    return { Users: users.map(userDescription), ...withNext("NextToken", next) };
  },
);
