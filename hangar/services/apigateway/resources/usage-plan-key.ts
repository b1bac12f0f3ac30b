// The CloudFormation type AWS::ApiGateway::UsagePlanKey.

import type { ResourceType } from "../../../cloud/resource.ts";
import { call, remove, written } from "./properties.ts";

export const usagePlanKey: ResourceType = {
  type: "AWS::ApiGateway::UsagePlanKey",
  properties: ["UsagePlanId", "KeyId", "KeyType"],
  async create(properties, context) {
    const { UsagePlanId, KeyId, KeyType } = properties;
    await call(context, "CreateUsagePlanKey", { usagePlanId: UsagePlanId, keyId: KeyId, keyType: KeyType });
    const id = `${written(KeyId)}:${written(UsagePlanId)}`;
    return { id, attributes: { Id: id } };
  },
  delete: (_state, properties, context) =>
    remove(context, "DeleteUsagePlanKey", { usagePlanId: properties["UsagePlanId"], keyId: properties["KeyId"] }),
};
