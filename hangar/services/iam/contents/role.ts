// The operations of IAM on roles, by API name.

import { attachRolePolicy } from "../operations/role/attach-role-policy.ts";
import { createRole } from "../operations/role/create-role.ts";
import { createServiceLinkedRole } from "../operations/role/create-service-linked-role.ts";
import { deleteRole } from "../operations/role/delete-role.ts";
import { deleteRolePermissionsBoundary } from "../operations/role/delete-role-permissions-boundary.ts";
import { deleteRolePolicy } from "../operations/role/delete-role-policy.ts";
import { deleteServiceLinkedRole } from "../operations/role/delete-service-linked-role.ts";
import { detachRolePolicy } from "../operations/role/detach-role-policy.ts";
import { getRole } from "../operations/role/get-role.ts";
import { getRolePolicy } from "../operations/role/get-role-policy.ts";
import { getServiceLinkedRoleDeletionStatus } from "../operations/role/get-service-linked-role-deletion-status.ts";
import { listAttachedRolePolicies } from "../operations/role/list-attached-role-policies.ts";
import { listRolePolicies } from "../operations/role/list-role-policies.ts";
import { listRoleTags } from "../operations/role/list-role-tags.ts";
import { listRoles } from "../operations/role/list-roles.ts";
import { putRolePermissionsBoundary } from "../operations/role/put-role-permissions-boundary.ts";
import { putRolePolicy } from "../operations/role/put-role-policy.ts";
import { tagRole } from "../operations/role/tag-role.ts";
import { untagRole } from "../operations/role/untag-role.ts";
import { updateAssumeRolePolicy } from "../operations/role/update-assume-role-policy.ts";
import { updateRole } from "../operations/role/update-role.ts";
import { updateRoleDescription } from "../operations/role/update-role-description.ts";

export const roleOperations = {
  AttachRolePolicy: attachRolePolicy,
  CreateRole: createRole,
  CreateServiceLinkedRole: createServiceLinkedRole,
  DeleteRole: deleteRole,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
  DeleteRolePolicy: deleteRolePolicy,
  DeleteServiceLinkedRole: deleteServiceLinkedRole,
  DetachRolePolicy: detachRolePolicy,
  GetRole: getRole,
  GetRolePolicy: getRolePolicy,
  GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListRolePolicies: listRolePolicies,
  ListRoleTags: listRoleTags,
  ListRoles: listRoles,
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  PutRolePolicy: putRolePolicy,
  TagRole: tagRole,
  UntagRole: untagRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
};
