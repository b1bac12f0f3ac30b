// Gives an inline policy of a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html

import type { GetGroupPolicyInput, GetGroupPolicyOutput } from "../../../../models/iam.d.ts";
import { getInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const getGroupPolicy = operation<GetGroupPolicyInput, GetGroupPolicyOutput>((input, context) => {
  return {
    GroupName: input.GroupName,
    PolicyName: input.PolicyName,
    PolicyDocument: getInline(context, { kind: "group", name: input.GroupName, policyName: input.PolicyName }),
  };
});
