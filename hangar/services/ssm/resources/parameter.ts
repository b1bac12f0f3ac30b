// The CloudFormation type AWS::SSM::Parameter.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { validationException } from "../errors.ts";

const FACTS = ["AllowedPattern", "DataType", "Description", "Tier", "Type", "Value", "Policies"] as const;

export const parameter: ResourceType = {
  type: "AWS::SSM::Parameter",
  properties: ["AllowedPattern", "DataType", "Description", "Name", "Policies", "Tags", "Tier", "Type", "Value"],
  async create(properties, context) {
    const given = properties["Name"];
    // CloudFormation does not make secure parameters.
    if (properties["Type"] === "SecureString")
      throw validationException("Model validation failed (#/Type: #: only 1 subschema matches out of 2)");
    const Name = typeof given === "string" ? given : `CFN-${context.physicalName(1000)}`;
    await context.call("ssm", "PutParameter", { Name, ...factsOf(properties), Tags: tagsOf(properties, context) });
    return { id: Name, attributes: attributesOf(properties, Name, context) };
  },
  async update(state, properties, previous, context) {
    const emptied = ["Description", "AllowedPattern"].filter((name) => previous[name] !== undefined);
    await context.call("ssm", "PutParameter", {
      Name: state.id,
      ...Object.fromEntries(emptied.map((name) => [name, ""])),
      ...factsOf(properties),
      Overwrite: true,
    });
    const target = { ResourceType: "Parameter", ResourceId: state.id };
    const tags = tagsOf(properties, context);
    const gone = Object.keys((previous["Tags"] ?? {}) as object).filter((key) => !tags.some((tag) => tag.Key === key));
    if (gone.length > 0) await context.call("ssm", "RemoveTagsFromResource", { ...target, TagKeys: gone });
    if (tags.length > 0) await context.call("ssm", "AddTagsToResource", { ...target, Tags: tags });
    return { ...state, attributes: attributesOf(properties, state.id, context) };
  },
  async delete(state, _properties, context) {
    await context.call("ssm", "DeleteParameters", { Names: [state.id] });
  },
  async read(id, context) {
    const { Parameters } = (await context.call("ssm", "GetParameters", { Names: [id] })) as {
      Parameters: readonly Properties[];
    };
    const [found] = Parameters;
    return found === undefined
      ? undefined
      : { Name: id, Type: found["Type"], Value: found["Value"], DataType: found["DataType"] };
  },
};

function factsOf(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(
    FACTS.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]])),
  );
}

function attributesOf(
  properties: Properties,
  name: string,
  { region, account }: ResourceContext,
): Record<string, unknown> {
  return {
    Type: properties["Type"],
    Value: properties["Value"],
    Arn: `arn:aws:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`,
  };
}

/** The resource's own tags, a map here, over the stack's. */
function tagsOf(properties: Properties, context: ResourceContext): { Key: string; Value: string }[] {
  const own = (properties["Tags"] ?? {}) as Readonly<Record<string, string>>;
  const stack = context.tags.filter((tag) => !(tag.Key in own) && !tag.Key.startsWith("aws:"));
  return [...stack, ...Object.entries(own).map(([Key, Value]) => ({ Key, Value }))];
}
