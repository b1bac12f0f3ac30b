// Describes a managed policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html

import type { GetPolicyInput, GetPolicyOutput } from "../../../../models/iam.d.ts";
import { awsPolicySummary, policySummary } from "../../rules/answers.ts";
import { anyPolicy, checkPolicyArn, usesOf } from "../../rules/attachments.ts";
import { operation } from "../../store.ts";

export const getPolicy = operation<GetPolicyInput, GetPolicyOutput>((input, context) => {
  checkPolicyArn(input.PolicyArn);
  const found = anyPolicy(context, input.PolicyArn);
  const uses = usesOf(context)(input.PolicyArn);
  if ("aws" in found) return { Policy: { ...awsPolicySummary(found.aws, uses), Tags: [] } };
  const { own } = found;
  return {
    Policy: {
      ...policySummary(own, uses),
      ...(own.Description === undefined ? {} : { Description: own.Description }),
      Tags: own.tags,
    },
  };
});
