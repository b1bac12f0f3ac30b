// Lists the names of the inline policies of a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html

import type { ListUserPoliciesInput, ListUserPoliciesOutput } from "../../../../models/iam.d.ts";
import { userNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listUserPolicies = operation<ListUserPoliciesInput, ListUserPoliciesOutput>((input, context) => {
  const { items, facts } = pageOf(Object.keys(userNamed(context, input.UserName).inline).sort(), input);
  return { PolicyNames: items, ...facts };
});
