// Puts a user in a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html

import type { AddUserToGroupInput } from "../../../../models/iam.d.ts";
import { limitExceeded } from "../../errors.ts";
import { groupNamed, putUser, userNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const addUserToGroup = operation<AddUserToGroupInput, void>((input, context) => {
  const group = groupNamed(context, input.GroupName);
  const user = userNamed(context, input.UserName);
  if (user.groups.includes(group.GroupName)) return;
  if (user.groups.length >= 10) throw limitExceeded("Cannot exceed quota for GroupsPerUser: 10");
  putUser(context, { ...user, groups: [...user.groups, group.GroupName] });
});
