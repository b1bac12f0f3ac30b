// Lists the names of the inline policies of a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html

import type { ListGroupPoliciesInput, ListGroupPoliciesOutput } from "../../../../models/iam.d.ts";
import { groupNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listGroupPolicies = operation<ListGroupPoliciesInput, ListGroupPoliciesOutput>((input, context) => {
  const { items, facts } = pageOf(Object.keys(groupNamed(context, input.GroupName).inline).sort(), input);
  return { PolicyNames: items, ...facts };
});
