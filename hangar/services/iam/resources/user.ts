// The CloudFormation type AWS::IAM::User.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import {
  found,
  ignoreMissing,
  nameOf,
  optional,
  syncBoundary,
  syncPolicies,
  syncTags,
  tagsOf,
  textList,
} from "../rules/deployed-policies.ts";

type User = { readonly UserName: string; readonly Arn: string; readonly Path: string };

export const user: ResourceType = {
  type: "AWS::IAM::User",
  properties: [
    "Groups",
    "LoginProfile",
    "ManagedPolicyArns",
    "Path",
    "PermissionsBoundary",
    "Policies",
    "Tags",
    "UserName",
  ],
  async create(properties, context) {
    const UserName = nameOf(properties["UserName"], () => context.physicalName(64));
    const { User } = await context.call("iam", "CreateUser", {
      UserName,
      ...optional(properties, "Path", "PermissionsBoundary"),
      Tags: tagsOf(properties, context),
    });
    await syncPolicies({ kind: "User", name: UserName }, properties, {}, context);
    await syncGroups(UserName, properties, {}, context);
    if (properties["LoginProfile"] !== undefined)
      await context.call("iam", "CreateLoginProfile", { UserName, ...(properties["LoginProfile"] as object) });
    return { id: UserName, attributes: { Arn: (User as User).Arn } };
  },
  async update(state, properties, previous, context) {
    const target = { kind: "User", name: state.id } as const;
    if (properties["Path"] !== previous["Path"])
      await context.call("iam", "UpdateUser", { UserName: state.id, NewPath: properties["Path"] ?? "/" });
    await syncBoundary(target, properties, previous, context);
    await syncPolicies(target, properties, previous, context);
    await syncTags(target, properties, previous, context);
    await syncGroups(state.id, properties, previous, context);
    await syncLogin(state.id, properties, previous, context);
    const present = await found<User>(context.call("iam", "GetUser", { UserName: state.id }), "User");
    return { ...state, attributes: { Arn: present?.Arn } };
  },
  async delete(state, properties, context) {
    if ((await found(context.call("iam", "GetUser", { UserName: state.id }), "User")) === undefined) return;
    await syncPolicies({ kind: "User", name: state.id }, {}, properties, context);
    await syncGroups(state.id, {}, properties, context);
    if (properties["LoginProfile"] !== undefined)
      await ignoreMissing(context.call("iam", "DeleteLoginProfile", { UserName: state.id }));
    await ignoreMissing(context.call("iam", "DeleteUser", { UserName: state.id }));
  },
  async read(id, context) {
    const present = await found<User>(context.call("iam", "GetUser", { UserName: id }), "User");
    return present === undefined ? undefined : { UserName: present.UserName, Path: present.Path };
  },
};

async function syncGroups(
  UserName: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const groups = textList(properties["Groups"]);
  const old = textList(previous["Groups"]);
  for (const GroupName of old.filter((name) => !groups.includes(name)))
    await ignoreMissing(context.call("iam", "RemoveUserFromGroup", { GroupName, UserName }));
  for (const GroupName of groups.filter((name) => !old.includes(name)))
    await context.call("iam", "AddUserToGroup", { GroupName, UserName });
}

async function syncLogin(
  UserName: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const profile = properties["LoginProfile"] as object | undefined;
  const before = previous["LoginProfile"];
  if (JSON.stringify(profile) === JSON.stringify(before)) return;
  if (profile === undefined) await ignoreMissing(context.call("iam", "DeleteLoginProfile", { UserName }));
  else {
    const operation = before === undefined ? "CreateLoginProfile" : "UpdateLoginProfile";
    await context.call("iam", operation, { UserName, PasswordResetRequired: false, ...profile });
  }
}
