// Users, groups, roles, policies and instance profiles as AWS's answers show them.

import type * as Model from "../../../models/iam.d.ts";
import {
  accountStore,
  nameKey,
  type Group,
  type IamContext,
  type InstanceProfile,
  type ManagedPolicy,
  type Role,
  type Tag,
  type User,
} from "../store.ts";
import type { AwsManagedPolicy } from "./managed-policies.ts";
import { encoded } from "./policy-text.ts";

export function tagsAnswer(tags: readonly Tag[]): { readonly Tags?: readonly Tag[] } {
  return tags.length === 0 ? {} : { Tags: tags };
}

export function boundaryAnswer(boundary: string | undefined): {
  readonly PermissionsBoundary?: Model.AttachedPermissionsBoundary;
} {
  return boundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary } };
}

/** As in lists: without tags and boundary. */
export function userSummary(user: User): Model.User {
  return {
    Path: user.Path,
    UserName: user.UserName,
    UserId: user.UserId,
    Arn: user.Arn,
    CreateDate: new Date(user.created),
  };
}

export function userAnswer(user: User): Model.User {
  return { ...userSummary(user), ...boundaryAnswer(user.boundary), ...tagsAnswer(user.tags) };
}

export function groupAnswer(group: Group): Model.Group {
  return {
    Path: group.Path,
    GroupName: group.GroupName,
    GroupId: group.GroupId,
    Arn: group.Arn,
    CreateDate: new Date(group.created),
  };
}

export function newRoleAnswer(role: Role): Model.Role {
  return {
    Path: role.Path,
    RoleName: role.RoleName,
    RoleId: role.RoleId,
    Arn: role.Arn,
    CreateDate: new Date(role.created),
    AssumeRolePolicyDocument: encoded(role.trust),
    ...boundaryAnswer(role.boundary),
    ...tagsAnswer(role.tags),
  };
}

/** As in lists: without tags and boundary. */
export function roleSummary(role: Role): Model.Role {
  return {
    ...newRoleAnswer({ ...role, tags: [], boundary: undefined }),
    ...(role.Description === undefined ? {} : { Description: role.Description }),
    MaxSessionDuration: role.MaxSessionDuration,
  };
}

export function roleAnswer(role: Role): Model.Role {
  return { ...roleSummary(role), ...boundaryAnswer(role.boundary), ...tagsAnswer(role.tags), RoleLastUsed: {} };
}

export function instanceProfileAnswer(context: IamContext, profile: InstanceProfile): Model.InstanceProfile {
  const role = profile.role === undefined ? undefined : accountStore(context).roles.get(nameKey(profile.role));
  return {
    Path: profile.Path,
    InstanceProfileName: profile.InstanceProfileName,
    InstanceProfileId: profile.InstanceProfileId,
    Arn: profile.Arn,
    CreateDate: new Date(profile.created),
    Roles: role === undefined ? [] : [newRoleAnswer({ ...role, tags: [], boundary: undefined })],
    Tags: profile.tags,
  };
}

export type PolicyUses = { readonly attachments: number; readonly boundaries: number };

export function policySummary(policy: ManagedPolicy, uses: PolicyUses): Model.Policy {
  return {
    PolicyName: policy.PolicyName,
    PolicyId: policy.PolicyId,
    Arn: policy.Arn,
    Path: policy.Path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: uses.attachments,
    PermissionsBoundaryUsageCount: uses.boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
  };
}

/** AWS's own policies have ids we do not know; theirs follow from the name. */
export function awsPolicySummary(policy: AwsManagedPolicy, uses: PolicyUses): Model.Policy {
  return {
    PolicyName: policy.PolicyName,
    PolicyId: `ANPA${Buffer.from(policy.PolicyName).toString("hex").toUpperCase().padEnd(17, "7").slice(0, 17)}`,
    Arn: policy.Arn,
    Path: policy.Path,
    DefaultVersionId: policy.version,
    AttachmentCount: uses.attachments,
    PermissionsBoundaryUsageCount: uses.boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
  };
}
