// The CloudFormation type AWS::Logs::ResourcePolicy.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const resourcePolicy: ResourceType = {
  type: "AWS::Logs::ResourcePolicy",
  properties: ["PolicyName", "PolicyDocument"],
  async create(properties, context) {
    await put(properties, context);
    return { id: properties["PolicyName"] as string, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await put(properties, context);
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("logs", "DeleteResourcePolicy", { policyName: state.id }));
  },
};

async function put(properties: Properties, context: ResourceContext): Promise<void> {
  const document = properties["PolicyDocument"];
  await context.call("logs", "PutResourcePolicy", {
    policyName: properties["PolicyName"],
    policyDocument: typeof document === "string" ? document : JSON.stringify(document),
  });
}
