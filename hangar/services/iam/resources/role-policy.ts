// AWS::IAM::RolePolicy: one inline policy of one role.

import type { ResourceType } from "../../../cloud/resource.ts";
import { documentText, ignoreMissing } from "../rules/deployed-policies.ts";

export const rolePolicy: ResourceType = {
  type: "AWS::IAM::RolePolicy",
  properties: ["PolicyDocument", "PolicyName", "RoleName"],
  async create(properties, context) {
    const { RoleName, PolicyName } = properties;
    await context.call("iam", "PutRolePolicy", {
      RoleName,
      PolicyName,
      PolicyDocument: documentText(properties["PolicyDocument"]),
    });
    return { id: `${String(PolicyName)}|${String(RoleName)}`, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    const { RoleName, PolicyName } = properties;
    await context.call("iam", "PutRolePolicy", {
      RoleName,
      PolicyName,
      PolicyDocument: documentText(properties["PolicyDocument"]),
    });
    return state;
  },
  async delete(_state, { RoleName, PolicyName }, context) {
    await ignoreMissing(context.call("iam", "DeleteRolePolicy", { RoleName, PolicyName }));
  },
};
