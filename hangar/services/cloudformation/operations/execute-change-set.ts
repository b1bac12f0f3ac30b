// Does what a change set says. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html

import type { ExecuteChangeSetInput, ExecuteChangeSetOutput } from "../../../models/cloudformation.d.ts";
import { changeSetStatus, notUpdatable } from "../errors.ts";
import { begin } from "../workers/begin.ts";
import { callerOfRole } from "../workers/draft.ts";
import { changeSetNamed, changeSetsOf, stackNamed } from "../workers/find-stack.ts";
import { acknowledgeDrift } from "../workers/live-resources.ts";
import { settle, templateOf } from "../workers/prepare.ts";
import { checkUpdatable } from "../workers/submit.ts";
import { operation } from "../store.ts";

export const executeChangeSet = operation<ExecuteChangeSetInput, ExecuteChangeSetOutput>(async (input, context) => {
  const changeSet = changeSetNamed(input, context);
  const stack = stackNamed(changeSet.stackId, context);
  const token = input.ClientRequestToken;
  if (token !== undefined && stack.lastToken === token) return {};
  if (changeSet.executionStatus !== "AVAILABLE")
    throw changeSetStatus(
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
    );
  const reviewing = stack.status === "REVIEW_IN_PROGRESS";
  if (changeSet.type === "CREATE" && !reviewing) throw notUpdatable(stack.id, stack.status);
  if (changeSet.type === "UPDATE") checkUpdatable(stack);
  const target =
    input.DisableRollback === undefined
      ? changeSet.target
      : { ...changeSet.target, disableRollback: input.DisableRollback };
  const prepared = settle(
    templateOf(target),
    target.parameters,
    { stackId: stack.id, stackName: stack.name, notificationArns: target.notificationArns },
    context,
  );
  const caller = target.roleArn === undefined ? context.caller : callerOfRole(target.roleArn, context);
  if (changeSet.deploymentMode === "REVERT_DRIFT") await acknowledgeDrift(stack, caller, context);
  for (const other of changeSetsOf(stack.id, context))
    context.store.changeSets.put(other.id, {
      ...other,
      executionStatus: other.id === changeSet.id ? "EXECUTE_COMPLETE" : "OBSOLETE",
    });
  const now = context.clock.now();
  const begun = {
    ...stack,
    changeSetId: changeSet.id,
    updated: now,
    ...(changeSet.type === "CREATE" ? { ...target, description: prepared.template.Description } : {}),
  };
  context.store.stacks.put(stack.id, begun);
  const onFailure = (changeSet.onStackFailure ?? "ROLLBACK") as "ROLLBACK" | "DO_NOTHING" | "DELETE";
  begin(
    changeSet.type as "CREATE" | "UPDATE" | "IMPORT",
    {
      stack: begun,
      caller,
      target,
      token,
      onFailure,
      imports: changeSet.imports,
      retainExceptOnCreate: input.RetainExceptOnCreate,
    },
    { prepared },
    context,
  );
  return {};
});
