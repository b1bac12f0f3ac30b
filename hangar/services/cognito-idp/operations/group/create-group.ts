// Creates a group in a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html

import type { CreateGroupInput, CreateGroupOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { groupExists } from "../../errors.ts";
import { groupDescription } from "../../rules/group-description.ts";
import { keyIn, operation, type GroupRow } from "../../store.ts";

export const createGroup = operation<CreateGroupInput, CreateGroupOutput>(
  ({ UserPoolId, GroupName, Description, RoleArn, Precedence }, context) => {
    const { pool, store } = findPool(context, UserPoolId);
    if (store.groups.has(keyIn(pool, GroupName))) throw groupExists(GroupName);
    const now = context.clock.now();
    const group: GroupRow = {
      name: GroupName,
      description: Description,
      role: RoleArn,
      precedence: Precedence,
      created: now,
      modified: now,
    };
    store.groups.put(keyIn(pool, GroupName), group);
    return { Group: groupDescription(pool, group) };
  },
);
