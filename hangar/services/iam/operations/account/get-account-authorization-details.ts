// Gives all users, groups, roles and policies of the account with their documents. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html

import type {
  GetAccountAuthorizationDetailsInput,
  GetAccountAuthorizationDetailsOutput,
} from "../../../../models/iam.d.ts";
import { groupDetails, policyDetails, roleDetails, userDetails } from "../../rules/authorization-details.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getAccountAuthorizationDetails = operation<
  GetAccountAuthorizationDetailsInput,
  GetAccountAuthorizationDetailsOutput
>((input, context) => {
  const wanted = (filter: string): boolean =>
    (input.Filter ?? []).length === 0 || (input.Filter ?? []).includes(filter);
  const details = [
    ...(wanted("User") ? userDetails(context) : []),
    ...(wanted("Group") ? groupDetails(context) : []),
    ...(wanted("Role") ? roleDetails(context) : []),
    ...policyDetails(context, { own: wanted("LocalManagedPolicy"), aws: wanted("AWSManagedPolicy") }),
  ];
  const { items, facts } = pageOf(details, input);
  return {
    UserDetailList: items.flatMap((item) => ("user" in item ? [item.user] : [])),
    GroupDetailList: items.flatMap((item) => ("group" in item ? [item.group] : [])),
    RoleDetailList: items.flatMap((item) => ("role" in item ? [item.role] : [])),
    Policies: items.flatMap((item) => ("policy" in item ? [item.policy] : [])),
    ...facts,
  };
});
