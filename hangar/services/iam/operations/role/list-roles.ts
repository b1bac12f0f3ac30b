// Lists the roles of the account under a path. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html

import type { ListRolesInput, ListRolesOutput } from "../../../../models/iam.d.ts";
import { roleSummary } from "../../rules/answers.ts";
import { pageOf, underPath } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listRoles = operation<ListRolesInput, ListRolesOutput>((input, context) => {
  const { items, facts } = pageOf(underPath(accountStore(context).roles.rows(), input.PathPrefix), input);
  return { Roles: items.map(roleSummary), ...facts };
});
