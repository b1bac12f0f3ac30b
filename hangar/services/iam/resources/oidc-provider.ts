// The CloudFormation type AWS::IAM::OIDCProvider.

import type { ResourceType } from "../../../cloud/resource.ts";
import { tagsOf, textList } from "../rules/deployed-policies.ts";

export const oidcProvider: ResourceType = {
  type: "AWS::IAM::OIDCProvider",
  properties: ["ClientIdList", "Tags", "ThumbprintList", "Url"],
  async create(properties, context) {
    const { OpenIDConnectProviderArn } = await context.call("iam", "CreateOpenIDConnectProvider", {
      Url: properties["Url"],
      ClientIDList: textList(properties["ClientIdList"]),
      ThumbprintList: textList(properties["ThumbprintList"]),
      Tags: tagsOf(properties, context),
    });
    const id = String(OpenIDConnectProviderArn);
    return { id, attributes: { Arn: id } };
  },
  async update(state, properties, previous, context) {
    const target = { OpenIDConnectProviderArn: state.id };
    const ids = textList(properties["ClientIdList"]);
    const old = textList(previous["ClientIdList"]);
    for (const ClientID of old.filter((id) => !ids.includes(id)))
      await context.call("iam", "RemoveClientIDFromOpenIDConnectProvider", { ...target, ClientID });
    for (const ClientID of ids.filter((id) => !old.includes(id)))
      await context.call("iam", "AddClientIDToOpenIDConnectProvider", { ...target, ClientID });
    await context.call("iam", "UpdateOpenIDConnectProviderThumbprint", {
      ...target,
      ThumbprintList: textList(properties["ThumbprintList"]),
    });
    const tags = tagsOf(properties, context);
    const gone = tagsOf(previous, context).filter((old) => !tags.some((tag) => tag.Key === old.Key));
    if (gone.length > 0)
      await context.call("iam", "UntagOpenIDConnectProvider", { ...target, TagKeys: gone.map((tag) => tag.Key) });
    if (tags.length > 0) await context.call("iam", "TagOpenIDConnectProvider", { ...target, Tags: tags });
    return state;
  },
  async delete(state, _properties, context) {
    await context.call("iam", "DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: state.id });
  },
};
