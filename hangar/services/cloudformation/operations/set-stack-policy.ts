// Says which resources an update may change. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_SetStackPolicy.html

import type { SetStackPolicyInput, SetStackPolicyOutput } from "../../../models/cloudformation.d.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { readPolicy } from "../workers/read-policy.ts";
import { setStack } from "../workers/record.ts";
import { operation } from "../store.ts";

export const setStackPolicy = operation<SetStackPolicyInput, SetStackPolicyOutput>(async (input, context) => {
  const stack = stackNamed(input.StackName, context);
  const policy = await readPolicy({ body: input.StackPolicyBody, url: input.StackPolicyURL }, "StackPolicy", context);
  setStack(stack.id, { policy }, context);
  return {};
});
