// Deletes a group that has no members and no policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html

import type { DeleteGroupInput } from "../../../../models/iam.d.ts";
import { deleteConflict } from "../../errors.ts";
import { groupNamed } from "../../rules/holders.ts";
import { membersOf } from "../../rules/members.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const deleteGroup = operation<DeleteGroupInput, void>((input, context) => {
  const group = groupNamed(context, input.GroupName);
  if (membersOf(context, group.GroupName).length > 0)
    throw deleteConflict("Cannot delete entity, must remove users from group first.");
  if (group.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(group.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  accountStore(context).groups.delete(nameKey(group.GroupName));
});
