// The CloudFormation type AWS::Cognito::IdentityPool.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { call, tagsOf } from "./properties.ts";

export const identityPool: ResourceType = {
  type: "AWS::Cognito::IdentityPool",
  properties: [
    "AllowClassicFlow",
    "AllowUnauthenticatedIdentities",
    "CognitoIdentityProviders",
    "DeveloperProviderName",
    "IdentityPoolName",
    "IdentityPoolTags",
    "OpenIdConnectProviderARNs",
    "SamlProviderARNs",
    "SupportedLoginProviders",
  ],
  async create(properties, context) {
    // Names have no hyphens there.
    const name = context.physicalName(128, { separator: "_" }).replaceAll("-", "_");
    return stateOf(await call(context, "CreateIdentityPool", inputOf(properties, name, context)));
  },
  async update(state, properties, _previous, context) {
    const input = inputOf(properties, String(state.attributes["Name"]), context);
    return stateOf(await call(context, "UpdateIdentityPool", { ...input, IdentityPoolId: state.id }));
  },
  async delete({ id }, _properties, context) {
    await unlessGone(call(context, "DeleteIdentityPool", { IdentityPoolId: id }));
  },
  async read(id, context) {
    const found = await unlessGone(call(context, "DescribeIdentityPool", { IdentityPoolId: id }));
    if (found === undefined) return undefined;
    const { IdentityPoolId, IdentityPoolTags, ...shown } = found;
    const tags = Object.entries((IdentityPoolTags ?? {}) as Record<string, string>);
    return {
      ...shown,
      ...(tags.length === 0 ? {} : { IdentityPoolTags: tags.map(([Key, Value]) => ({ Key, Value })) }),
      Id: IdentityPoolId,
      Name: shown["IdentityPoolName"],
    };
  },
};

function inputOf(properties: Properties, name: string, context: ResourceContext): Record<string, unknown> {
  const { IdentityPoolTags, IdentityPoolName = name, ...rest } = properties;
  return { ...rest, IdentityPoolName, IdentityPoolTags: tagsOf(IdentityPoolTags, context) };
}

function stateOf({ IdentityPoolId, IdentityPoolName }: Record<string, unknown>): ResourceState {
  return { id: String(IdentityPoolId), attributes: { Id: IdentityPoolId, Name: IdentityPoolName } };
}
