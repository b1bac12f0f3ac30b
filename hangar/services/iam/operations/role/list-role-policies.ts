// Lists the names of the inline policies of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html

import type { ListRolePoliciesInput, ListRolePoliciesOutput } from "../../../../models/iam.d.ts";
import { roleNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listRolePolicies = operation<ListRolePoliciesInput, ListRolePoliciesOutput>((input, context) => {
  const { items, facts } = pageOf(Object.keys(roleNamed(context, input.RoleName).inline).sort(), input);
  return { PolicyNames: items, ...facts };
});
