// Takes a user out of a group. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRemoveUserFromGroup.html

import type { AdminRemoveUserFromGroupInput } from "../../../../models/cognito-idp.d.ts";
import { findGroup, findPool, findUser } from "../../engine/find.ts";
import { keyIn, nameKey, operation } from "../../store.ts";

export const adminRemoveUserFromGroup = operation<AdminRemoveUserFromGroupInput, Record<string, never>>(
  ({ UserPoolId, Username, GroupName }, context) => {
    const place = findPool(context, UserPoolId);
    const { pool, store } = place;
    const { user } = findUser(place, Username);
    const { name } = findGroup(place, GroupName);
    const key = nameKey(pool, user.username);
    store.members.delete(keyIn(pool, name, key));
    store.memberships.delete(keyIn(pool, key, name));
    return {};
  },
);
