// Lists the groups of the account under a path. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html

import type { ListGroupsInput, ListGroupsOutput } from "../../../../models/iam.d.ts";
import { groupAnswer } from "../../rules/answers.ts";
import { pageOf, underPath } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listGroups = operation<ListGroupsInput, ListGroupsOutput>((input, context) => {
  const { items, facts } = pageOf(underPath(accountStore(context).groups.rows(), input.PathPrefix), input);
  return { Groups: items.map(groupAnswer), ...facts };
});
