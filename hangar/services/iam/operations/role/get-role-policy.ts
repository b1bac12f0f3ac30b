// Gives an inline policy of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html

import type { GetRolePolicyInput, GetRolePolicyOutput } from "../../../../models/iam.d.ts";
import { getInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const getRolePolicy = operation<GetRolePolicyInput, GetRolePolicyOutput>((input, context) => {
  return {
    RoleName: input.RoleName,
    PolicyName: input.PolicyName,
    PolicyDocument: getInline(context, { kind: "role", name: input.RoleName, policyName: input.PolicyName }),
  };
});
