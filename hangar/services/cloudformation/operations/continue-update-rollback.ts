// Takes up a rollback that failed, leaving out what cannot be put back. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html

import type { ContinueUpdateRollbackInput, ContinueUpdateRollbackOutput } from "../../../models/cloudformation.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { invalid } from "../errors.ts";
import { putTask, tasksOf } from "../workers/begin.ts";
import { stackNamed } from "../workers/find-stack.ts";
import { setStack } from "../workers/record.ts";
import { operation } from "../store.ts";

export const continueUpdateRollback = operation<ContinueUpdateRollbackInput, ContinueUpdateRollbackOutput>(
  (input, context) => {
    if (input.ForceRollback === true) throw notEmulated("ForceRollback of ContinueUpdateRollback");
    const stack = stackNamed(input.StackName, context);
    const deployment = context.store.deployments.get(stack.deploymentId ?? "");
    if (stack.status !== "UPDATE_ROLLBACK_FAILED" || deployment === undefined)
      throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be continued to rollback.`);
    const skipped = input.ResourcesToSkip ?? [];
    for (const task of tasksOf(deployment.id, context)) {
      if (task.kind === "restore" && task.status === "failed")
        putTask({ ...task, status: skipped.includes(task.logicalId) ? "done" : "pending", reason: undefined }, context);
    }
    context.store.deployments.put(deployment.id, { ...deployment, phase: "undo" });
    setStack(stack.id, { status: "UPDATE_ROLLBACK_IN_PROGRESS", statusReason: "User Initiated" }, context);
    context.scheduler.later("cloudformation.execute", { deployment: deployment.id });
    return {};
  },
);
