// Attaches a managed policy to a group. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html

import type { AttachGroupPolicyInput } from "../../../../models/iam.d.ts";
import { attach } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const attachGroupPolicy = operation<AttachGroupPolicyInput, void>((input, context) => {
  attach(context, { kind: "group", name: input.GroupName, arn: input.PolicyArn });
});
