// The CloudFormation type AWS::IAM::UserToGroupAddition.

import type { ResourceType } from "../../../cloud/resource.ts";
import { ignoreMissing, textList } from "../rules/deployed-policies.ts";

export const userToGroupAddition: ResourceType = {
  type: "AWS::IAM::UserToGroupAddition",
  properties: ["GroupName", "Users"],
  async create(properties, context) {
    for (const UserName of textList(properties["Users"]))
      await context.call("iam", "AddUserToGroup", { GroupName: properties["GroupName"], UserName });
    const id = context.physicalName(128);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, previous, context) {
    const moved = properties["GroupName"] !== previous["GroupName"];
    const users = textList(properties["Users"]);
    const old = textList(previous["Users"]);
    for (const UserName of users.filter((name) => moved || !old.includes(name)))
      await context.call("iam", "AddUserToGroup", { GroupName: properties["GroupName"], UserName });
    for (const UserName of old.filter((name) => moved || !users.includes(name)))
      await ignoreMissing(context.call("iam", "RemoveUserFromGroup", { GroupName: previous["GroupName"], UserName }));
    return state;
  },
  async delete(_state, properties, context) {
    for (const UserName of textList(properties["Users"]))
      await ignoreMissing(context.call("iam", "RemoveUserFromGroup", { GroupName: properties["GroupName"], UserName }));
  },
};
