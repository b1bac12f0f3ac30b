// Says whether a stack may be deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateTerminationProtection.html

import type {
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput,
} from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { setStack } from "../workers/record.ts";
import { operation } from "../store.ts";

export const updateTerminationProtection = operation<
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput
>((input, context) => {
  const stack = stackNamed(input.StackName, context);
  if (stack.parentId !== undefined) throw invalid("Termination protection cannot be changed on a nested stack.");
  setStack(stack.id, { terminationProtection: input.EnableTerminationProtection }, context);
  return { StackId: stack.id };
});
