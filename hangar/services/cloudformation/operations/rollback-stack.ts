// Takes a stack whose operation failed, and stayed as it was, back to where it was. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html

import type { RollbackStackInput, RollbackStackOutput } from "../../../models/cloudformation.d.ts";
import { invalid } from "../errors.ts";
import { addDeleteTasks, enter, tasksOf } from "../workers/begin.ts";
import { rowsOf, stackNamed } from "../workers/find-stack.ts";
import { addRestoreTasks } from "../workers/next-phase.ts";
import { setStack } from "../workers/record.ts";
import { operation } from "../store.ts";

export const rollbackStack = operation<RollbackStackInput, RollbackStackOutput>((input, context) => {
  const stack = stackNamed(input.StackName, context);
  const deployment = context.store.deployments.get(stack.deploymentId ?? "");
  if (deployment === undefined || (stack.status !== "CREATE_FAILED" && stack.status !== "UPDATE_FAILED"))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
  const creating = stack.status === "CREATE_FAILED";
  setStack(
    stack.id,
    { status: creating ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS", statusReason: "User Initiated" },
    context,
  );
  const next = enter(
    deployment,
    creating ? "remove" : "undo",
    { retainExceptOnCreate: input.RetainExceptOnCreate },
    context,
  );
  if (creating) addDeleteTasks(next, rowsOf(stack.id, context), context);
  else addRestoreTasks(next, tasksOf(deployment.id, context), context);
  context.scheduler.later("cloudformation.execute", { deployment: deployment.id });
  return { StackId: stack.id };
});
