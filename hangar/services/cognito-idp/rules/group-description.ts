// A group as answers show it.

import type { GroupType } from "../../../models/cognito-idp.d.ts";
import type { GroupRow, PoolRow } from "../store.ts";

export function groupDescription({ id }: PoolRow, group: GroupRow): GroupType {
  return {
    GroupName: group.name,
    UserPoolId: id,
    ...(group.description === undefined ? {} : { Description: group.description }),
    ...(group.role === undefined ? {} : { RoleArn: group.role }),
    ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
    LastModifiedDate: new Date(group.modified),
    CreationDate: new Date(group.created),
  };
}
