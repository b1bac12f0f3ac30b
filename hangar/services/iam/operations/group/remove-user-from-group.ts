// Takes a user out of a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html

import type { RemoveUserFromGroupInput } from "../../../../models/iam.d.ts";
import { groupNamed, putUser, userNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const removeUserFromGroup = operation<RemoveUserFromGroupInput, void>((input, context) => {
  const group = groupNamed(context, input.GroupName);
  const user = userNamed(context, input.UserName);
  putUser(context, { ...user, groups: user.groups.filter((name) => name !== group.GroupName) });
});
