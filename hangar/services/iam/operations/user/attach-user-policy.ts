// Attaches a managed policy to a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html

import type { AttachUserPolicyInput } from "../../../../models/iam.d.ts";
import { attach } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const attachUserPolicy = operation<AttachUserPolicyInput, void>((input, context) => {
  attach(context, { kind: "user", name: input.UserName, arn: input.PolicyArn });
});
