// Puts a role into an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html

import type { AddRoleToInstanceProfileInput } from "../../../../models/iam.d.ts";
import { limitExceeded } from "../../errors.ts";
import { roleNamed } from "../../rules/holders.ts";
import { profileNamed, putProfile } from "../../rules/instance-profiles.ts";
import { operation } from "../../store.ts";

export const addRoleToInstanceProfile = operation<AddRoleToInstanceProfileInput, void>((input, context) => {
  const profile = profileNamed(context, input.InstanceProfileName);
  const role = roleNamed(context, input.RoleName);
  if (profile.role !== undefined) throw limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  putProfile(context, { ...profile, role: role.RoleName });
});
