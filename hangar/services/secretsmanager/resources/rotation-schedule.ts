// The CloudFormation type AWS::SecretsManager::RotationSchedule.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";

export const rotationSchedule: ResourceType = {
  type: "AWS::SecretsManager::RotationSchedule",
  properties: ["RotateImmediatelyOnUpdate", "RotationLambdaARN", "RotationRules", "SecretId"],
  async create(properties, context) {
    const id = await rotate(properties, context);
    return { id, ref: id, attributes: { Id: id } };
  },
  async update(state, properties, _previous, context) {
    await rotate(properties, context);
    return state;
  },
  async delete(_state, { SecretId }, context) {
    try {
      await context.call("secretsmanager", "CancelRotateSecret", { SecretId });
    } catch (error) {
      if (!(error instanceof Error && /^(ResourceNotFoundException|InvalidRequestException)$/.test(error.name)))
        throw error;
    }
  },
};

async function rotate(
  { SecretId, RotationLambdaARN, RotationRules, RotateImmediatelyOnUpdate }: Properties,
  context: ResourceContext,
): Promise<string> {
  const { ARN } = await context.call("secretsmanager", "RotateSecret", {
    SecretId,
    ...(RotationLambdaARN === undefined ? {} : { RotationLambdaARN }),
    ...(RotationRules === undefined ? {} : { RotationRules }),
    ...(RotateImmediatelyOnUpdate === undefined ? {} : { RotateImmediately: RotateImmediatelyOnUpdate }),
    ClientRequestToken: context.context.ids.uuid(),
  });
  return String(ARN);
}
