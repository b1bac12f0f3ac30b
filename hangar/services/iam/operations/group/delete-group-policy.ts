// Takes an inline policy off a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html

import type { DeleteGroupPolicyInput } from "../../../../models/iam.d.ts";
import { deleteInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const deleteGroupPolicy = operation<DeleteGroupPolicyInput, void>((input, context) => {
  deleteInline(context, { kind: "group", name: input.GroupName, policyName: input.PolicyName });
});
