// The CloudFormation type AWS::Cognito::UserPoolIdentityProvider.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeIdentityProviderOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

export const userPoolIdentityProvider: ResourceType = {
  type: "AWS::Cognito::UserPoolIdentityProvider",
  properties: ["AttributeMapping", "IdpIdentifiers", "ProviderDetails", "ProviderName", "ProviderType", "UserPoolId"],
  async create(properties, context) {
    await context.call("cognito-idp", "CreateIdentityProvider", properties);
    return { id: String(properties["ProviderName"]), attributes: {} };
  },
  async update(state, { ProviderType: _type, ...properties }, _previous, context) {
    const emptied = { AttributeMapping: {}, IdpIdentifiers: [] };
    await context.call("cognito-idp", "UpdateIdentityProvider", { ...emptied, ...properties });
    return state;
  },
  async delete(state, properties, context) {
    const place = { UserPoolId: properties["UserPoolId"], ProviderName: state.id };
    await unlessGone(context.call("cognito-idp", "DeleteIdentityProvider", place));
  },
  async read(id, context) {
    const [UserPoolId, ProviderName] = partsOf(id);
    const found = await unlessGone(
      context.call("cognito-idp", "DescribeIdentityProvider", { UserPoolId, ProviderName }),
    );
    return (found as DescribeIdentityProviderOutput | undefined)?.IdentityProvider;
  },
};
