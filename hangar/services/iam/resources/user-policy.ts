// AWS::IAM::UserPolicy: one inline policy of one user.

import type { ResourceType } from "../../../cloud/resource.ts";
import { documentText, ignoreMissing } from "../rules/deployed-policies.ts";

export const userPolicy: ResourceType = {
  type: "AWS::IAM::UserPolicy",
  properties: ["PolicyDocument", "PolicyName", "UserName"],
  async create(properties, context) {
    const { UserName, PolicyName } = properties;
    await context.call("iam", "PutUserPolicy", {
      UserName,
      PolicyName,
      PolicyDocument: documentText(properties["PolicyDocument"]),
    });
    return { id: `${String(PolicyName)}|${String(UserName)}`, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    const { UserName, PolicyName } = properties;
    await context.call("iam", "PutUserPolicy", {
      UserName,
      PolicyName,
      PolicyDocument: documentText(properties["PolicyDocument"]),
    });
    return state;
  },
  async delete(_state, { UserName, PolicyName }, context) {
    await ignoreMissing(context.call("iam", "DeleteUserPolicy", { UserName, PolicyName }));
  },
};
