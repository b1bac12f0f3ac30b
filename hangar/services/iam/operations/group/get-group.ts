// Describes a group and lists who is in it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html

import type { GetGroupInput, GetGroupOutput } from "../../../../models/iam.d.ts";
import { groupAnswer, userSummary } from "../../rules/answers.ts";
import { groupNamed } from "../../rules/holders.ts";
import { membersOf } from "../../rules/members.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getGroup = operation<GetGroupInput, GetGroupOutput>((input, context) => {
  const group = groupNamed(context, input.GroupName);
  const { items, facts } = pageOf(membersOf(context, group.GroupName), input);
  return { Group: groupAnswer(group), Users: items.map(userSummary), ...facts };
});
