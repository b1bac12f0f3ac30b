// Puts a user into a group. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html

import type { AdminAddUserToGroupInput } from "../../../../models/cognito-idp.d.ts";
import { findGroup, findPool, findUser } from "../../engine/find.ts";
import { keyIn, nameKey, operation } from "../../store.ts";

export const adminAddUserToGroup = operation<AdminAddUserToGroupInput, Record<string, never>>(
  ({ UserPoolId, Username, GroupName }, context) => {
    const place = findPool(context, UserPoolId);
    const { pool, store } = place;
    const { user } = findUser(place, Username);
    const { name } = findGroup(place, GroupName);
    const key = nameKey(pool, user.username);
    store.members.put(keyIn(pool, name, key), context.clock.now());
    store.memberships.put(keyIn(pool, key, name), context.clock.now());
    return {};
  },
);
