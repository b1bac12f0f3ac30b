// Deletes a user that nothing hangs on any more. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html

import type { DeleteUserInput } from "../../../../models/iam.d.ts";
import { deleteConflict } from "../../errors.ts";
import { ownKeys } from "../../rules/access-keys.ts";
import { userNamed } from "../../rules/holders.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const deleteUser = operation<DeleteUserInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  if (user.groups.length > 0) throw deleteConflict("Cannot delete entity, must remove users from group first.");
  if (user.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(user.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  if (ownKeys(context, user.UserName).length > 0)
    throw deleteConflict("Cannot delete entity, must delete access keys first.");
  if (user.login !== undefined) throw deleteConflict("Cannot delete entity, must delete login profile first.");
  accountStore(context).users.delete(nameKey(user.UserName));
});
