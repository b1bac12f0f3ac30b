// The CloudFormation type AWS::IAM::AccessKey.

import type { ResourceType } from "../../../cloud/resource.ts";
import { ignoreMissing } from "../rules/deployed-policies.ts";

export const accessKey: ResourceType = {
  type: "AWS::IAM::AccessKey",
  // A new Serial replaces the key; that is all it is for.
  properties: ["Serial", "Status", "UserName"],
  async create(properties, context) {
    const { AccessKey } = await context.call("iam", "CreateAccessKey", { UserName: properties["UserName"] });
    const { AccessKeyId, SecretAccessKey } = AccessKey as {
      readonly AccessKeyId: string;
      readonly SecretAccessKey: string;
    };
    if (properties["Status"] === "Inactive")
      await context.call("iam", "UpdateAccessKey", {
        UserName: properties["UserName"],
        AccessKeyId,
        Status: "Inactive",
      });
    return { id: AccessKeyId, attributes: { Id: AccessKeyId, SecretAccessKey } };
  },
  async update(state, properties, _previous, context) {
    await context.call("iam", "UpdateAccessKey", {
      UserName: properties["UserName"],
      AccessKeyId: state.id,
      Status: properties["Status"] ?? "Active",
    });
    return state;
  },
  async delete(state, properties, context) {
    await ignoreMissing(
      context.call("iam", "DeleteAccessKey", { UserName: properties["UserName"], AccessKeyId: state.id }),
    );
  },
};
