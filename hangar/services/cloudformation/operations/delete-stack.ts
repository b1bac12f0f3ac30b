// Deletes a stack and what it made. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html

import type { DeleteStackInput, DeleteStackOutput } from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { callerOfRole } from "../workers/draft.ts";
import { findStack } from "../workers/find-stack.ts";
import { removeStack } from "../workers/submit.ts";
import { operation } from "../store.ts";

export const deleteStack = operation<DeleteStackInput, DeleteStackOutput>((input, context) => {
  const stack = findStack(input.StackName, context);
  // Deleting what is not there is no error.
  if (stack === undefined || stack.status === "DELETE_COMPLETE") return {};
  if (stack.terminationProtection)
    throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  const retain = input.RetainResources ?? [];
  if (retain.length > 0 && stack.status !== "DELETE_FAILED")
    throw invalid(
      `Invalid operation on stack [${stack.id}]. RetainResources is only applicable to stacks in the DELETE_FAILED state.`,
    );
  const roleArn = input.RoleARN ?? stack.roleArn;
  const caller = roleArn === undefined ? context.caller : callerOfRole(roleArn, context);
  removeStack({ stackId: stack.id, caller, retain, token: input.ClientRequestToken }, context);
  return {};
});
