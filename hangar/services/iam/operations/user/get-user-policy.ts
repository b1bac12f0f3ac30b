// Gives an inline policy of a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html

import type { GetUserPolicyInput, GetUserPolicyOutput } from "../../../../models/iam.d.ts";
import { getInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const getUserPolicy = operation<GetUserPolicyInput, GetUserPolicyOutput>((input, context) => {
  return {
    UserName: input.UserName,
    PolicyName: input.PolicyName,
    PolicyDocument: getInline(context, { kind: "user", name: input.UserName, policyName: input.PolicyName }),
  };
});
