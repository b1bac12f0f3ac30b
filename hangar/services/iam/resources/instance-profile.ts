// The CloudFormation type AWS::IAM::InstanceProfile.

import type { ResourceType } from "../../../cloud/resource.ts";
import { found, ignoreMissing, nameOf, optional, textList } from "../rules/deployed-policies.ts";

type Profile = {
  readonly Arn: string;
  readonly InstanceProfileName: string;
  readonly Path: string;
  readonly Roles: readonly { readonly RoleName: string }[];
};

export const instanceProfile: ResourceType = {
  type: "AWS::IAM::InstanceProfile",
  properties: ["InstanceProfileName", "Path", "Roles"],
  async create(properties, context) {
    const InstanceProfileName = nameOf(properties["InstanceProfileName"], () => context.physicalName(128));
    const { InstanceProfile } = await context.call("iam", "CreateInstanceProfile", {
      InstanceProfileName,
      ...optional(properties, "Path"),
    });
    for (const RoleName of textList(properties["Roles"]))
      await context.call("iam", "AddRoleToInstanceProfile", { InstanceProfileName, RoleName });
    return { id: InstanceProfileName, attributes: { Arn: (InstanceProfile as Profile).Arn } };
  },
  async update(state, properties, previous, context) {
    for (const RoleName of textList(previous["Roles"]))
      await ignoreMissing(
        context.call("iam", "RemoveRoleFromInstanceProfile", { InstanceProfileName: state.id, RoleName }),
      );
    for (const RoleName of textList(properties["Roles"]))
      await context.call("iam", "AddRoleToInstanceProfile", { InstanceProfileName: state.id, RoleName });
    return state;
  },
  async delete(state, _properties, context) {
    const present = await found<Profile>(
      context.call("iam", "GetInstanceProfile", { InstanceProfileName: state.id }),
      "InstanceProfile",
    );
    for (const { RoleName } of present?.Roles ?? [])
      await context.call("iam", "RemoveRoleFromInstanceProfile", { InstanceProfileName: state.id, RoleName });
    await ignoreMissing(context.call("iam", "DeleteInstanceProfile", { InstanceProfileName: state.id }));
  },
  async read(id, context) {
    const present = await found<Profile>(
      context.call("iam", "GetInstanceProfile", { InstanceProfileName: id }),
      "InstanceProfile",
    );
    return present === undefined
      ? undefined
      : {
          InstanceProfileName: present.InstanceProfileName,
          Path: present.Path,
          Roles: present.Roles.map((role) => role.RoleName),
        };
  },
};
