// Changes a stack to what another template or other parameters say. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html

import type { UpdateStackInput, UpdateStackOutput } from "../../../models/cloudformation.d.ts";
import { noUpdates } from "../errors.ts";
import { nothingToDo } from "../workers/plan.ts";
import { draft, refuseProblems } from "../workers/draft.ts";
import { readPolicy } from "../workers/read-policy.ts";
import { setStack } from "../workers/record.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { beginUpdate, checkUpdatable } from "../workers/submit.ts";
import { operation } from "../store.ts";

export const updateStack = operation<UpdateStackInput, UpdateStackOutput>(async (input, context) => {
  const stack = stackNamed(input.StackName, context);
  const token = input.ClientRequestToken;
  if (token !== undefined && stack.lastToken === token) return { StackId: stack.id };
  checkUpdatable(stack);
  const during = await readPolicy(
    { body: input.StackPolicyDuringUpdateBody, url: input.StackPolicyDuringUpdateURL },
    "StackPolicyDuringUpdate",
    context,
  );
  const policy = await readPolicy({ body: input.StackPolicyBody, url: input.StackPolicyURL }, "StackPolicy", context);
  const drafted = await draft(input, { stackId: stack.id, stackName: stack.name, stack }, context);
  refuseProblems(drafted.plan);
  if (nothingToDo(drafted.plan, { stack, tags: drafted.target.tags })) throw noUpdates();
  beginUpdate(stack, drafted, { token, retainExceptOnCreate: input.RetainExceptOnCreate, policy: during }, context);
  // The new policy is for the updates that follow.
  if (policy !== undefined) setStack(stack.id, { policy }, context);
  return { StackId: stack.id };
});
