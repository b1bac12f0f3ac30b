// Attaches a managed policy to a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html

import type { AttachRolePolicyInput } from "../../../../models/iam.d.ts";
import { attach } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const attachRolePolicy = operation<AttachRolePolicyInput, void>((input, context) => {
  attach(context, { kind: "role", name: input.RoleName, arn: input.PolicyArn });
});
