// The CloudFormation type AWS::IAM::ServiceLinkedRole.

import type { ResourceType } from "../../../cloud/resource.ts";
import { ignoreMissing, optional } from "../rules/deployed-policies.ts";

export const serviceLinkedRole: ResourceType = {
  type: "AWS::IAM::ServiceLinkedRole",
  properties: ["AWSServiceName", "CustomSuffix", "Description"],
  async create(properties, context) {
    const { Role } = await context.call(
      "iam",
      "CreateServiceLinkedRole",
      optional(properties, "AWSServiceName", "CustomSuffix", "Description"),
    );
    const { RoleName } = Role as { readonly RoleName: string };
    return { id: RoleName, attributes: { RoleName } };
  },
  async update(state, properties, _previous, context) {
    await context.call("iam", "UpdateRoleDescription", {
      RoleName: state.id,
      Description: properties["Description"] ?? "",
    });
    return state;
  },
  async delete(state, _properties, context) {
    await ignoreMissing(context.call("iam", "DeleteServiceLinkedRole", { RoleName: state.id }));
  },
};
