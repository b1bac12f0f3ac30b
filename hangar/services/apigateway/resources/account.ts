// AWS::ApiGateway::Account: the role that API Gateway logs with.

import type { ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { call } from "./properties.ts";

export const account: ResourceType = {
  type: "AWS::ApiGateway::Account",
  properties: ["CloudWatchRoleArn"],
  async create(properties, context) {
    await set(properties["CloudWatchRoleArn"], context);
    const id = context.physicalName(255);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, _previous, context) {
    await set(properties["CloudWatchRoleArn"], context);
    return state;
  },
  // The account's settings stay: they are not the stack's own.
  delete: async () => {},
};

async function set(role: unknown, context: ResourceContext): Promise<void> {
  const change = { op: "replace", path: "/cloudwatchRoleArn", value: typeof role === "string" ? role : "" };
  await call(context, "UpdateAccount", { patchOperations: [change] });
}
