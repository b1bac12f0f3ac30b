// The CloudFormation type AWS::Lambda::CodeSigningConfig.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { list, members, optionalText, present, text } from "../rules/property-values.ts";

export const codeSigningConfig: ResourceType = {
  type: "AWS::Lambda::CodeSigningConfig",
  properties: ["AllowedPublishers", "CodeSigningPolicies", "Description", "Tags"],
  async create(properties, context) {
    const Tags = tagsOf(properties, context);
    const input = { ...configuration(properties), Tags };
    return stateOf(await context.call("lambda", "CreateCodeSigningConfig", input));
  },
  async update(state, properties, _previous, context) {
    const input = {
      Description: "",
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Warn" },
      ...configuration(properties),
      CodeSigningConfigArn: state.id,
    };
    const { Tags } = await context.call("lambda", "ListTags", { Resource: state.id });
    const wanted = tagsOf(properties, context);
    const gone = Object.keys(members(Tags)).filter((key) => wanted[key] === undefined);
    if (gone.length > 0) await context.call("lambda", "UntagResource", { Resource: state.id, TagKeys: gone });
    if (Object.keys(wanted).length > 0)
      await context.call("lambda", "TagResource", { Resource: state.id, Tags: wanted });
    return stateOf(await context.call("lambda", "UpdateCodeSigningConfig", input));
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("lambda", "DeleteCodeSigningConfig", { CodeSigningConfigArn: state.id }));
  },
};

function configuration(properties: Properties): Record<string, unknown> {
  return present({
    Description: optionalText(properties["Description"]),
    AllowedPublishers: properties["AllowedPublishers"],
    CodeSigningPolicies: properties["CodeSigningPolicies"],
  });
}

function tagsOf(properties: Properties, context: ResourceContext): Record<string, string> {
  const own = (list(properties["Tags"]) ?? []).map((tag) => [text(members(tag)["Key"]), text(members(tag)["Value"])]);
  return Object.fromEntries([...context.tags.map((tag) => [tag.Key, tag.Value]), ...own]) as Record<string, string>;
}

function stateOf(answer: Properties): ResourceState {
  const { CodeSigningConfigArn, CodeSigningConfigId } = members(answer["CodeSigningConfig"]);
  return { id: text(CodeSigningConfigArn), attributes: { CodeSigningConfigArn, CodeSigningConfigId } };
}
