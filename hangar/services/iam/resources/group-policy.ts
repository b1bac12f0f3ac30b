// AWS::IAM::GroupPolicy: one inline policy of one group.

import type { ResourceType } from "../../../cloud/resource.ts";
import { documentText, ignoreMissing } from "../rules/deployed-policies.ts";

export const groupPolicy: ResourceType = {
  type: "AWS::IAM::GroupPolicy",
  properties: ["PolicyDocument", "PolicyName", "GroupName"],
  async create(properties, context) {
    const { GroupName, PolicyName } = properties;
    await context.call("iam", "PutGroupPolicy", {
      GroupName,
      PolicyName,
      PolicyDocument: documentText(properties["PolicyDocument"]),
    });
    return { id: `${String(PolicyName)}|${String(GroupName)}`, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    const { GroupName, PolicyName } = properties;
    await context.call("iam", "PutGroupPolicy", {
      GroupName,
      PolicyName,
      PolicyDocument: documentText(properties["PolicyDocument"]),
    });
    return state;
  },
  async delete(_state, { GroupName, PolicyName }, context) {
    await ignoreMissing(context.call("iam", "DeleteGroupPolicy", { GroupName, PolicyName }));
  },
};
