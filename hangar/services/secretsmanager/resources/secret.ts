// The CloudFormation type AWS::SecretsManager::Secret.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { invalidRequest } from "../errors.ts";

type Generate = Readonly<Record<string, unknown>> & {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
};

export const secret: ResourceType = {
  type: "AWS::SecretsManager::Secret",
  properties: ["Description", "GenerateSecretString", "KmsKeyId", "Name", "SecretString", "Tags", "Type"],
  async create(properties, context) {
    const given = properties["Name"];
    const Name = typeof given === "string" ? given : `${context.logicalId}-${context.context.ids.alphanumeric(12)}`;
    const { ARN } = await context.call("secretsmanager", "CreateSecret", {
      Name,
      ...optional(properties, "Description", "KmsKeyId", "Type"),
      ...(await secretValue(properties, context)),
      Tags: tagsOf(properties, context),
      ClientRequestToken: context.context.ids.uuid(),
    });
    const id = String(ARN);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, previous, context) {
    const changed = ["SecretString", "GenerateSecretString"].some(
      (name) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]),
    );
    await context.call("secretsmanager", "UpdateSecret", {
      SecretId: state.id,
      Description: properties["Description"] ?? "",
      ...optional(properties, "KmsKeyId", "Type"),
      ...(changed ? await secretValue(properties, context) : {}),
      ClientRequestToken: context.context.ids.uuid(),
    });
    const tags = tagsOf(properties, context);
    const gone = tagsOf(previous, context)
      .map((tag) => tag.Key)
      .filter((key) => !tags.some((tag) => tag.Key === key));
    if (gone.length > 0) await context.call("secretsmanager", "UntagResource", { SecretId: state.id, TagKeys: gone });
    if (tags.length > 0) await context.call("secretsmanager", "TagResource", { SecretId: state.id, Tags: tags });
    return state;
  },
  async delete(state, _properties, context) {
    await context.call("secretsmanager", "DeleteSecret", { SecretId: state.id, ForceDeleteWithoutRecovery: true });
  },
  async read(id, context) {
    const found = await unlessGone(context.call("secretsmanager", "DescribeSecret", { SecretId: id }));
    if (found === undefined) return undefined;
    const { Name, Description, KmsKeyId } = found;
    return {
      Name,
      ...(Description === undefined ? {} : { Description }),
      ...(KmsKeyId === undefined ? {} : { KmsKeyId }),
    };
  },
};

function optional(properties: Properties, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]])),
  );
}

function tagsOf(properties: Properties, context: ResourceContext): { readonly Key: string; readonly Value: string }[] {
  const own = (properties["Tags"] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  return [...context.tags.filter((tag) => !own.some((each) => each.Key === tag.Key)), ...own];
}

/** Without either, CloudFormation makes a random value. */
async function secretValue(
  properties: Properties,
  context: ResourceContext,
): Promise<{ readonly SecretString: unknown }> {
  if (properties["SecretString"] !== undefined) {
    if (properties["GenerateSecretString"] !== undefined)
      throw invalidRequest("You can't specify both SecretString and GenerateSecretString.");
    return { SecretString: properties["SecretString"] };
  }
  const { SecretStringTemplate, GenerateStringKey, ...rules } = (properties["GenerateSecretString"] ?? {}) as Generate;
  const { RandomPassword } = await context.call("secretsmanager", "GetRandomPassword", rules);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return { SecretString: RandomPassword };
  const template = JSON.parse(SecretStringTemplate) as Record<string, unknown>;
  return { SecretString: JSON.stringify({ ...template, [GenerateStringKey]: RandomPassword }) };
}
