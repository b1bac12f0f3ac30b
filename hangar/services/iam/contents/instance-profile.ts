// The operations of IAM on instance profiles, by API name.

import { addRoleToInstanceProfile } from "../operations/instance-profile/add-role-to-instance-profile.ts";
import { createInstanceProfile } from "../operations/instance-profile/create-instance-profile.ts";
import { deleteInstanceProfile } from "../operations/instance-profile/delete-instance-profile.ts";
import { getInstanceProfile } from "../operations/instance-profile/get-instance-profile.ts";
import { listInstanceProfileTags } from "../operations/instance-profile/list-instance-profile-tags.ts";
import { listInstanceProfiles } from "../operations/instance-profile/list-instance-profiles.ts";
import { listInstanceProfilesForRole } from "../operations/instance-profile/list-instance-profiles-for-role.ts";
import { removeRoleFromInstanceProfile } from "../operations/instance-profile/remove-role-from-instance-profile.ts";
import { tagInstanceProfile } from "../operations/instance-profile/tag-instance-profile.ts";
import { untagInstanceProfile } from "../operations/instance-profile/untag-instance-profile.ts";

export const instanceProfileOperations = {
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  CreateInstanceProfile: createInstanceProfile,
  DeleteInstanceProfile: deleteInstanceProfile,
  GetInstanceProfile: getInstanceProfile,
  ListInstanceProfileTags: listInstanceProfileTags,
  ListInstanceProfiles: listInstanceProfiles,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
  TagInstanceProfile: tagInstanceProfile,
  UntagInstanceProfile: untagInstanceProfile,
};
