// Detaches a managed policy from a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html

import type { DetachGroupPolicyInput } from "../../../../models/iam.d.ts";
import { detach } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const detachGroupPolicy = operation<DetachGroupPolicyInput, void>((input, context) => {
  detach(context, { kind: "group", name: input.GroupName, arn: input.PolicyArn });
});
