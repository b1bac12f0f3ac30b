// Creates a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html

import type { CreateGroupInput, CreateGroupOutput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { groupAnswer } from "../../rules/answers.ts";
import { entityArn } from "../../rules/entity-arn.ts";
import { putGroup } from "../../rules/holders.ts";
import { accountStore, nameKey, type Group, operation } from "../../store.ts";

export const createGroup = operation<CreateGroupInput, CreateGroupOutput>((input, context) => {
  const { GroupName, Path = "/" } = input;
  if (accountStore(context).groups.has(nameKey(GroupName)))
    throw entityAlreadyExists(`Group with name ${GroupName} already exists.`);
  const group: Group = {
    GroupName,
    GroupId: `AGPA${context.ids.upper(17)}`,
    Path,
    Arn: entityArn(context.account, "group", Path, GroupName),
    created: context.clock.seconds() * 1000,
    inline: {},
    attached: [],
  };
  putGroup(context, group);
  return { Group: groupAnswer(group) };
});
