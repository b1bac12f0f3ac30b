// The CloudFormation type AWS::Cognito::IdentityPoolRoleAttachment.

import { handlerFailure, type Properties, type ResourceContext, type ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { call } from "./properties.ts";

export const identityPoolRoleAttachment: ResourceType = {
  type: "AWS::Cognito::IdentityPoolRoleAttachment",
  properties: ["IdentityPoolId", "RoleMappings", "Roles"],
  async create(properties, context) {
    await attach(properties, context);
    const id = String(properties["IdentityPoolId"]);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, _previous, context) {
    await attach(properties, context);
    return state;
  },
  async delete({ id }, _properties, context) {
    await unlessGone(call(context, "SetIdentityPoolRoles", { IdentityPoolId: id, Roles: {} }));
  },
  async read(id, context) {
    const found = await unlessGone(call(context, "GetIdentityPoolRoles", { IdentityPoolId: id }));
    return found === undefined ? undefined : { ...found, Id: id };
  },
};

type Mapping = { readonly IdentityProvider?: string };

/** Keys of mappings are names of the template's where `IdentityProvider` names the provider. */
async function attach(
  { IdentityPoolId, Roles = {}, RoleMappings }: Properties,
  context: ResourceContext,
): Promise<void> {
  const mappings = Object.entries((RoleMappings ?? {}) as Readonly<Record<string, Mapping>>).map(
    ([key, { IdentityProvider = key, ...mapping }]) => [IdentityProvider, mapping] as const,
  );
  if (new Set(mappings.map(([provider]) => provider)).size < mappings.length)
    throw handlerFailure("Two role mappings name the same identity provider.");
  await call(context, "SetIdentityPoolRoles", {
    IdentityPoolId,
    Roles,
    ...(RoleMappings === undefined ? {} : { RoleMappings: Object.fromEntries(mappings) }),
  });
}
