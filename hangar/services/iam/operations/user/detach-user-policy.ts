// Detaches a managed policy from a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html

import type { DetachUserPolicyInput } from "../../../../models/iam.d.ts";
import { detach } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const detachUserPolicy = operation<DetachUserPolicyInput, void>((input, context) => {
  detach(context, { kind: "user", name: input.UserName, arn: input.PolicyArn });
});
