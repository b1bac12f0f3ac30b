// Shows a group. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetGroup.html

import type { GetGroupInput, GetGroupOutput } from "../../../../models/cognito-idp.d.ts";
import { findGroup, findPool } from "../../engine/find.ts";
import { groupDescription } from "../../rules/group-description.ts";
import { operation } from "../../store.ts";

export const getGroup = operation<GetGroupInput, GetGroupOutput>(({ UserPoolId, GroupName }, context) => {
  const place = findPool(context, UserPoolId);
  return { Group: groupDescription(place.pool, findGroup(place, GroupName)) };
});
