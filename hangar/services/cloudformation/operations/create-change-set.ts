// Works out what a template would change, without changing it. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html

import type { CreateChangeSetInput, CreateChangeSetOutput } from "../../../models/cloudformation.d.ts";
import { changeSetExists, invalid, notUpdatable } from "../errors.ts";
import { makeChangeSet } from "../workers/make-change-set.ts";
import { checkStackName, findChangeSet, findStack, isLive } from "../workers/find-stack.ts";
import { addStack, checkUpdatable, newStackId } from "../workers/submit.ts";
import { setStack } from "../workers/record.ts";
import { operation, type StackTarget } from "../store.ts";

export const createChangeSet = operation<CreateChangeSetInput, CreateChangeSetOutput>(async (input, context) => {
  checkStackName(input.StackName);
  const known = findStack(input.StackName, context);
  const type = input.ChangeSetType ?? "UPDATE";
  if (type === "CREATE" && known !== undefined && known.status !== "REVIEW_IN_PROGRESS")
    throw invalid(
      `Stack [${input.StackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
    );
  if (type === "UPDATE") {
    if (known === undefined) throw invalid(`Stack [${input.StackName}] does not exist`);
    checkUpdatable(known);
  }
  if (
    type === "IMPORT" &&
    known !== undefined &&
    known.status !== "REVIEW_IN_PROGRESS" &&
    known.status.endsWith("_IN_PROGRESS")
  )
    throw notUpdatable(known.id, known.status);
  const twin =
    known === undefined
      ? undefined
      : findChangeSet({ ChangeSetName: input.ChangeSetName, StackName: known.id }, context);
  if (twin !== undefined && isLive(twin)) {
    if (input.ClientToken !== undefined && twin.clientToken === input.ClientToken)
      return { Id: twin.id, StackId: twin.stackId };
    throw changeSetExists(input.ChangeSetName);
  }
  const stackId = known?.id ?? newStackId(input.StackName, context);
  const made = await makeChangeSet(input, { stackId, known, type }, context);
  if (known === undefined) {
    addStack({ id: stackId, name: input.StackName, target: EMPTY, description: undefined }, context);
    setStack(stackId, { status: "REVIEW_IN_PROGRESS", statusReason: "User Initiated" }, context);
  }
  context.store.changeSets.put(made.id, made);
  return { Id: made.id, StackId: stackId };
});

/** A stack in review is nothing yet. */
const EMPTY: StackTarget = {
  templateText: "",
  parameters: [],
  tags: [],
  capabilities: [],
  notificationArns: [],
  rollbackConfiguration: {},
  disableRollback: false,
};
