// The CloudFormation type AWS::SecretsManager::ResourcePolicy.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const resourcePolicy: ResourceType = {
  type: "AWS::SecretsManager::ResourcePolicy",
  properties: ["BlockPublicPolicy", "ResourcePolicy", "SecretId"],
  async create(properties, context) {
    const id = await put(properties, context);
    return { id, ref: id, attributes: { Id: id } };
  },
  async update(state, properties, _previous, context) {
    await put(properties, context);
    return state;
  },
  async delete(_state, { SecretId }, context) {
    await unlessGone(context.call("secretsmanager", "DeleteResourcePolicy", { SecretId }));
  },
};

async function put(
  { SecretId, ResourcePolicy, BlockPublicPolicy }: Properties,
  context: ResourceContext,
): Promise<string> {
  const policy = typeof ResourcePolicy === "string" ? ResourcePolicy : JSON.stringify(ResourcePolicy);
  const { ARN } = await context.call("secretsmanager", "PutResourcePolicy", {
    SecretId,
    ResourcePolicy: policy,
    ...(BlockPublicPolicy === undefined ? {} : { BlockPublicPolicy }),
  });
  return String(ARN);
}
