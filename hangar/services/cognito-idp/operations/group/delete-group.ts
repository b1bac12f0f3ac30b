// Deletes a group; its users stay. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteGroup.html

import type { DeleteGroupInput } from "../../../../models/cognito-idp.d.ts";
import { findGroup, findPool } from "../../engine/find.ts";
import { keyIn, operation } from "../../store.ts";

export const deleteGroup = operation<DeleteGroupInput, Record<string, never>>(({ UserPoolId, GroupName }, context) => {
  const place = findPool(context, UserPoolId);
  const { pool, store } = place;
  findGroup(place, GroupName);
  store.groups.delete(keyIn(pool, GroupName));
  const prefix = keyIn(pool, GroupName, "");
  for (const key of store.members.keys({ prefix })) {
    store.members.delete(key);
    store.memberships.delete(keyIn(pool, key.slice(prefix.length), GroupName));
  }
  return {};
});
