// Deletes an instance profile that holds no role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html

import type { DeleteInstanceProfileInput } from "../../../../models/iam.d.ts";
import { deleteConflict } from "../../errors.ts";
import { profileNamed } from "../../rules/instance-profiles.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const deleteInstanceProfile = operation<DeleteInstanceProfileInput, void>((input, context) => {
  const profile = profileNamed(context, input.InstanceProfileName);
  if (profile.role !== undefined)
    throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  accountStore(context).instanceProfiles.delete(nameKey(profile.InstanceProfileName));
});
