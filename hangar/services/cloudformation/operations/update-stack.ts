// Changes a stack to what another template or other parameters say. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html

import type { UpdateStackInput, UpdateStackOutput } from "../../../models/cloudformation.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { noUpdates } from "../errors.ts";
import { nothingToDo } from "../workers/plan.ts";
import { draft, refuseProblems } from "../workers/draft.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { beginUpdate, checkUpdatable } from "../workers/submit.ts";
import { operation } from "../store.ts";

export const updateStack = operation<UpdateStackInput, UpdateStackOutput>(async (input, context) => {
  const stack = stackNamed(input.StackName, context);
  const token = input.ClientRequestToken;
  if (token !== undefined && stack.lastToken === token) return { StackId: stack.id };
  checkUpdatable(stack);
  const policies = [
    input.StackPolicyBody,
    input.StackPolicyURL,
    input.StackPolicyDuringUpdateBody,
    input.StackPolicyDuringUpdateURL,
  ];
  if (policies.some((policy) => policy !== undefined)) throw notEmulated("stack policies");
  const drafted = await draft(input, { stackId: stack.id, stackName: stack.name, stack }, context);
  refuseProblems(drafted.plan);
  if (nothingToDo(drafted.plan, { stack, tags: drafted.target.tags })) throw noUpdates();
  beginUpdate(stack, drafted, { token, retainExceptOnCreate: input.RetainExceptOnCreate }, context);
  return { StackId: stack.id };
});
