// The CloudFormation type AWS::Kinesis::ResourcePolicy.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const resourcePolicy: ResourceType = {
  type: "AWS::Kinesis::ResourcePolicy",
  properties: ["ResourceArn", "ResourcePolicy"],
  async create(properties, context) {
    await put(properties, context);
    return { id: String(properties["ResourceArn"]), attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await put(properties, context);
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("kinesis", "DeleteResourcePolicy", { ResourceARN: state.id }));
  },
  async read(id, context) {
    const found = await unlessGone(context.call("kinesis", "GetResourcePolicy", { ResourceARN: id }));
    const policy = found?.["Policy"];
    if (typeof policy !== "string" || policy === "{}") return undefined;
    return { ResourceArn: id, ResourcePolicy: JSON.parse(policy) as object };
  },
};

async function put(properties: Properties, context: ResourceContext): Promise<void> {
  const { ResourceArn, ResourcePolicy } = properties;
  const Policy = typeof ResourcePolicy === "string" ? ResourcePolicy : JSON.stringify(ResourcePolicy);
  await context.call("kinesis", "PutResourcePolicy", { ResourceARN: ResourceArn, Policy });
}
