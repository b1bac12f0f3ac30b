// Lists the users of the account under a path. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html

import type { ListUsersInput, ListUsersOutput } from "../../../../models/iam.d.ts";
import { userSummary } from "../../rules/answers.ts";
import { pageOf, underPath } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listUsers = operation<ListUsersInput, ListUsersOutput>((input, context) => {
  const { items, facts } = pageOf(underPath(accountStore(context).users.rows(), input.PathPrefix), input);
  return { Users: items.map(userSummary), ...facts };
});
