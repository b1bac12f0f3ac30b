// Throws a change set away. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html

import type { DeleteChangeSetInput, DeleteChangeSetOutput } from "../../../models/cloudformation.d.ts";
import { changeSetStatus } from "../errors.ts";
import { findChangeSet } from "../workers/find-stack.ts";
import { operation } from "../store.ts";

export const deleteChangeSet = operation<DeleteChangeSetInput, DeleteChangeSetOutput>((input, context) => {
  const changeSet = findChangeSet(input, context);
  if (changeSet?.executionStatus === "EXECUTE_IN_PROGRESS")
    throw changeSetStatus(`An operation on this ChangeSet is currently in progress.`);
  if (changeSet !== undefined) context.store.changeSets.delete(changeSet.id);
  return {};
});
