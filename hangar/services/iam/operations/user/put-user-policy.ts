// Puts an inline policy on a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html

import type { PutUserPolicyInput } from "../../../../models/iam.d.ts";
import { putInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const putUserPolicy = operation<PutUserPolicyInput, void>((input, context) => {
  putInline(context, { kind: "user", name: input.UserName, policyName: input.PolicyName }, input.PolicyDocument);
});
