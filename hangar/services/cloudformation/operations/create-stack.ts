// Makes a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html

import type { CreateStackInput, CreateStackOutput } from "../../../models/cloudformation.d.ts";
import { invalid, stackExists } from "../errors.ts";
import { begin } from "../workers/begin.ts";
import { draft, refuseProblems } from "../workers/draft.ts";
import { changeSetsOf, checkStackName, findStack } from "../workers/find-stack.ts";
import { readPolicy } from "../workers/read-policy.ts";
import { addStack, newStackId } from "../workers/submit.ts";
import { operation } from "../store.ts";

export const createStack = operation<CreateStackInput, CreateStackOutput>(async (input, context) => {
  checkStackName(input.StackName);
  const known = findStack(input.StackName, context);
  const token = input.ClientRequestToken;
  if (known !== undefined && known.status !== "REVIEW_IN_PROGRESS") {
    if (token !== undefined && known.lastToken === token) return { StackId: known.id };
    throw stackExists(input.StackName);
  }
  if (input.OnFailure !== undefined && input.DisableRollback !== undefined)
    throw invalid("You can specify either DisableRollback or OnFailure, but not both.");
  const policy = await readPolicy({ body: input.StackPolicyBody, url: input.StackPolicyURL }, "StackPolicy", context);
  const id = known?.id ?? newStackId(input.StackName, context);
  const drafted = await draft(input, { stackId: id, stackName: input.StackName, stack: undefined }, context);
  refuseProblems(drafted.plan);
  if (findStack(input.StackName, context)?.id !== known?.id) throw stackExists(input.StackName);
  const { target, prepared, caller } = drafted;
  const stack = addStack(
    {
      id,
      name: input.StackName,
      target,
      description: prepared.template.Description,
      terminationProtection: input.EnableTerminationProtection,
      timeoutInMinutes: input.TimeoutInMinutes,
      policy,
    },
    context,
  );
  for (const changeSet of changeSetsOf(id, context))
    context.store.changeSets.put(changeSet.id, { ...changeSet, executionStatus: "OBSOLETE" });
  const onFailure = (input.OnFailure ?? "ROLLBACK") as "ROLLBACK" | "DO_NOTHING" | "DELETE";
  begin(
    "CREATE",
    {
      stack,
      caller,
      target,
      token,
      onFailure,
      retainExceptOnCreate: input.RetainExceptOnCreate,
      timeoutInMinutes: input.TimeoutInMinutes,
    },
    { prepared },
    context,
  );
  return { StackId: id };
});
