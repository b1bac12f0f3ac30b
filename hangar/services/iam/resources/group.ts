// The CloudFormation type AWS::IAM::Group.

import type { ResourceType } from "../../../cloud/resource.ts";
import { found, ignoreMissing, nameOf, optional, syncPolicies } from "../rules/deployed-policies.ts";

type Group = { readonly GroupName: string; readonly Arn: string; readonly Path: string };

export const group: ResourceType = {
  type: "AWS::IAM::Group",
  properties: ["GroupName", "ManagedPolicyArns", "Path", "Policies"],
  async create(properties, context) {
    const GroupName = nameOf(properties["GroupName"], () => context.physicalName(128));
    const { Group } = await context.call("iam", "CreateGroup", { GroupName, ...optional(properties, "Path") });
    await syncPolicies({ kind: "Group", name: GroupName }, properties, {}, context);
    return { id: GroupName, attributes: { Arn: (Group as Group).Arn } };
  },
  async update(state, properties, previous, context) {
    if (properties["Path"] !== previous["Path"])
      await context.call("iam", "UpdateGroup", { GroupName: state.id, NewPath: properties["Path"] ?? "/" });
    await syncPolicies({ kind: "Group", name: state.id }, properties, previous, context);
    const present = await found<Group>(context.call("iam", "GetGroup", { GroupName: state.id }), "Group");
    return { ...state, attributes: { Arn: present?.Arn } };
  },
  async delete(state, properties, context) {
    if ((await found(context.call("iam", "GetGroup", { GroupName: state.id }), "Group")) === undefined) return;
    await syncPolicies({ kind: "Group", name: state.id }, {}, properties, context);
    await ignoreMissing(context.call("iam", "DeleteGroup", { GroupName: state.id }));
  },
  async read(id, context) {
    const present = await found<Group>(context.call("iam", "GetGroup", { GroupName: id }), "Group");
    return present === undefined ? undefined : { GroupName: present.GroupName, Path: present.Path };
  },
};
