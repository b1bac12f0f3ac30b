// Changes a group: what is not named stays. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateGroup.html

import type { UpdateGroupInput, UpdateGroupOutput } from "../../../../models/cognito-idp.d.ts";
import { findGroup, findPool } from "../../engine/find.ts";
import { groupDescription } from "../../rules/group-description.ts";
import { keyIn, operation, type GroupRow } from "../../store.ts";

export const updateGroup = operation<UpdateGroupInput, UpdateGroupOutput>(
  ({ UserPoolId, GroupName, Description, RoleArn, Precedence }, context) => {
    const place = findPool(context, UserPoolId);
    const group = findGroup(place, GroupName);
    const changed: GroupRow = {
      ...group,
      description: Description ?? group.description,
      role: RoleArn ?? group.role,
      precedence: Precedence ?? group.precedence,
      modified: context.clock.now(),
    };
    place.store.groups.put(keyIn(place.pool, GroupName), changed);
    return { Group: groupDescription(place.pool, changed) };
  },
);
