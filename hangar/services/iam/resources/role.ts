// The CloudFormation type AWS::IAM::Role.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import {
  documentText,
  found,
  ignoreMissing,
  nameOf,
  optional,
  syncBoundary,
  syncPolicies,
  syncTags,
  tagsOf,
} from "../rules/deployed-policies.ts";

type Role = {
  readonly RoleName: string;
  readonly Arn: string;
  readonly RoleId: string;
  readonly Path: string;
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
};

export const role: ResourceType = {
  type: "AWS::IAM::Role",
  properties: [
    "AssumeRolePolicyDocument",
    "Description",
    "ManagedPolicyArns",
    "MaxSessionDuration",
    "Path",
    "PermissionsBoundary",
    "Policies",
    "RoleName",
    "Tags",
  ],
  async create(properties, context) {
    const RoleName = nameOf(properties["RoleName"], () => context.physicalName(64));
    const { Role } = await context.call("iam", "CreateRole", {
      RoleName,
      AssumeRolePolicyDocument: documentText(properties["AssumeRolePolicyDocument"]),
      ...optional(properties, "Path", "Description", "MaxSessionDuration", "PermissionsBoundary"),
      Tags: tagsOf(properties, context),
    });
    await syncPolicies({ kind: "Role", name: RoleName }, properties, {}, context);
    const { Arn, RoleId } = Role as Role;
    return { id: RoleName, attributes: { Arn, RoleId } };
  },
  async update(state, properties, previous, context) {
    const target = { kind: "Role", name: state.id } as const;
    await context.call("iam", "UpdateAssumeRolePolicy", {
      RoleName: state.id,
      PolicyDocument: documentText(properties["AssumeRolePolicyDocument"]),
    });
    await context.call("iam", "UpdateRole", {
      RoleName: state.id,
      Description: properties["Description"] ?? "",
      MaxSessionDuration: properties["MaxSessionDuration"] ?? 3600,
    });
    await syncBoundary(target, properties, previous, context);
    await syncPolicies(target, properties, previous, context);
    await syncTags(target, properties, previous, context);
    return state;
  },
  async delete(state, properties, context) {
    if ((await found(context.call("iam", "GetRole", { RoleName: state.id }), "Role")) === undefined) return;
    await syncPolicies({ kind: "Role", name: state.id }, {}, properties, context);
    await ignoreMissing(context.call("iam", "DeleteRole", { RoleName: state.id }));
  },
  async read(id, context) {
    const present = await found<Role>(context.call("iam", "GetRole", { RoleName: id }), "Role");
    return present === undefined ? undefined : propertiesOf(present);
  },
};

function propertiesOf(present: Role): Properties {
  return {
    RoleName: present.RoleName,
    Path: present.Path,
    AssumeRolePolicyDocument: JSON.parse(decodeURIComponent(present.AssumeRolePolicyDocument)),
    MaxSessionDuration: present.MaxSessionDuration,
    ...(present.Description === undefined ? {} : { Description: present.Description }),
  };
}
