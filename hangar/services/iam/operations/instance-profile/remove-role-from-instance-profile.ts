// Takes the role out of an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html

import type { RemoveRoleFromInstanceProfileInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { roleNamed } from "../../rules/holders.ts";
import { profileNamed, putProfile } from "../../rules/instance-profiles.ts";
import { operation } from "../../store.ts";

export const removeRoleFromInstanceProfile = operation<RemoveRoleFromInstanceProfileInput, void>((input, context) => {
  const profile = profileNamed(context, input.InstanceProfileName);
  const role = roleNamed(context, input.RoleName);
  if (profile.role !== role.RoleName) throw noSuchEntity(`The role with name ${input.RoleName} cannot be found.`);
  putProfile(context, { ...profile, role: undefined });
});
