// Gives the policy of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetStackPolicy.html

import type { GetStackPolicyInput, GetStackPolicyOutput } from "../../../models/cloudformation.d.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const getStackPolicy = operation<GetStackPolicyInput, GetStackPolicyOutput>((input, context) => {
  const { policy } = stackNamed(input.StackName, context);
  return policy === undefined ? {} : { StackPolicyBody: policy };
});
