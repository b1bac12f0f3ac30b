// Puts an inline policy on a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html

import type { PutRolePolicyInput } from "../../../../models/iam.d.ts";
import { putInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const putRolePolicy = operation<PutRolePolicyInput, void>((input, context) => {
  putInline(context, { kind: "role", name: input.RoleName, policyName: input.PolicyName }, input.PolicyDocument);
});
