// Detaches a managed policy from a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html

import type { DetachRolePolicyInput } from "../../../../models/iam.d.ts";
import { detach } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const detachRolePolicy = operation<DetachRolePolicyInput, void>((input, context) => {
  detach(context, { kind: "role", name: input.RoleName, arn: input.PolicyArn });
});
