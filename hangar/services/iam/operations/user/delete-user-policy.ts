// Takes an inline policy off a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html

import type { DeleteUserPolicyInput } from "../../../../models/iam.d.ts";
import { deleteInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const deleteUserPolicy = operation<DeleteUserPolicyInput, void>((input, context) => {
  deleteInline(context, { kind: "user", name: input.UserName, policyName: input.PolicyName });
});
