// Puts an inline policy on a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html

import type { PutGroupPolicyInput } from "../../../../models/iam.d.ts";
import { putInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const putGroupPolicy = operation<PutGroupPolicyInput, void>((input, context) => {
  putInline(context, { kind: "group", name: input.GroupName, policyName: input.PolicyName }, input.PolicyDocument);
});
