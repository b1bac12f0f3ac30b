// Takes an inline policy off a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html

import type { DeleteRolePolicyInput } from "../../../../models/iam.d.ts";
import { deleteInline } from "../../rules/inline-policies.ts";
import { operation } from "../../store.ts";

export const deleteRolePolicy = operation<DeleteRolePolicyInput, void>((input, context) => {
  deleteInline(context, { kind: "role", name: input.RoleName, policyName: input.PolicyName });
});
