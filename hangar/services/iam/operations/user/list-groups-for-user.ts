// Lists the groups a user is in. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html

import type { ListGroupsForUserInput, ListGroupsForUserOutput } from "../../../../models/iam.d.ts";
import { groupAnswer } from "../../rules/answers.ts";
import { groupNamed, userNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listGroupsForUser = operation<ListGroupsForUserInput, ListGroupsForUserOutput>((input, context) => {
  const groups = userNamed(context, input.UserName).groups.map((name) => groupNamed(context, name));
  const { items, facts } = pageOf(groups, input);
  return { Groups: items.map(groupAnswer), ...facts };
});
