// Renames a group or moves it to another path. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html

import type { UpdateGroupInput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { entityArn } from "../../rules/entity-arn.ts";
import { groupNamed, putGroup, putUser } from "../../rules/holders.ts";
import { membersOf } from "../../rules/members.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const updateGroup = operation<UpdateGroupInput, void>((input, context) => {
  const group = groupNamed(context, input.GroupName);
  const store = accountStore(context);
  const GroupName = input.NewGroupName ?? group.GroupName;
  const Path = input.NewPath ?? group.Path;
  if (nameKey(GroupName) !== nameKey(group.GroupName) && store.groups.has(nameKey(GroupName)))
    throw entityAlreadyExists(`Group with name ${GroupName} already exists.`);
  const members = membersOf(context, group.GroupName);
  store.groups.delete(nameKey(group.GroupName));
  putGroup(context, { ...group, GroupName, Path, Arn: entityArn(context.account, "group", Path, GroupName) });
  for (const user of members)
    putUser(context, { ...user, groups: user.groups.map((name) => (name === group.GroupName ? GroupName : name)) });
});
