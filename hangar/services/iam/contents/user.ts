// The operations of IAM on users, by API name.

import { attachUserPolicy } from "../operations/user/attach-user-policy.ts";
import { createLoginProfile } from "../operations/user/create-login-profile.ts";
import { createUser } from "../operations/user/create-user.ts";
import { deleteLoginProfile } from "../operations/user/delete-login-profile.ts";
import { deleteUser } from "../operations/user/delete-user.ts";
import { deleteUserPermissionsBoundary } from "../operations/user/delete-user-permissions-boundary.ts";
import { deleteUserPolicy } from "../operations/user/delete-user-policy.ts";
import { detachUserPolicy } from "../operations/user/detach-user-policy.ts";
import { getLoginProfile } from "../operations/user/get-login-profile.ts";
import { getUser } from "../operations/user/get-user.ts";
import { getUserPolicy } from "../operations/user/get-user-policy.ts";
import { listAttachedUserPolicies } from "../operations/user/list-attached-user-policies.ts";
import { listGroupsForUser } from "../operations/user/list-groups-for-user.ts";
import { listUserPolicies } from "../operations/user/list-user-policies.ts";
import { listUserTags } from "../operations/user/list-user-tags.ts";
import { listUsers } from "../operations/user/list-users.ts";
import { putUserPermissionsBoundary } from "../operations/user/put-user-permissions-boundary.ts";
import { putUserPolicy } from "../operations/user/put-user-policy.ts";
import { tagUser } from "../operations/user/tag-user.ts";
import { untagUser } from "../operations/user/untag-user.ts";
import { updateLoginProfile } from "../operations/user/update-login-profile.ts";
import { updateUser } from "../operations/user/update-user.ts";

export const userOperations = {
  AttachUserPolicy: attachUserPolicy,
  CreateLoginProfile: createLoginProfile,
  CreateUser: createUser,
  DeleteLoginProfile: deleteLoginProfile,
  DeleteUser: deleteUser,
  DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
  DeleteUserPolicy: deleteUserPolicy,
  DetachUserPolicy: detachUserPolicy,
  GetLoginProfile: getLoginProfile,
  GetUser: getUser,
  GetUserPolicy: getUserPolicy,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListGroupsForUser: listGroupsForUser,
  ListUserPolicies: listUserPolicies,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
  PutUserPermissionsBoundary: putUserPermissionsBoundary,
  PutUserPolicy: putUserPolicy,
  TagUser: tagUser,
  UntagUser: untagUser,
  UpdateLoginProfile: updateLoginProfile,
  UpdateUser: updateUser,
};
