// Deletes a role that has no policies and is in no instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html

import type { DeleteRoleInput } from "../../../../models/iam.d.ts";
import { deleteConflict } from "../../errors.ts";
import { modifiableRole } from "../../rules/roles.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const deleteRole = operation<DeleteRoleInput, void>((input, context) => {
  const role = modifiableRole(context, input.RoleName);
  const store = accountStore(context);
  for (const profile of store.instanceProfiles.rows()) {
    if (profile.role === role.RoleName)
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  }
  if (role.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(role.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  store.roles.delete(nameKey(role.RoleName));
});
