// Would say which resources an update may change. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_SetStackPolicy.html

import type { SetStackPolicyInput, SetStackPolicyOutput } from "../../../models/cloudformation.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { operation } from "../store.ts";

export const setStackPolicy = operation<SetStackPolicyInput, SetStackPolicyOutput>(() => {
  throw notEmulated("stack policies");
});
