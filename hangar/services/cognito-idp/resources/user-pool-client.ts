// The CloudFormation type AWS::Cognito::UserPoolClient.

import type { ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeUserPoolClientOutput, UserPoolClientType } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

const PROPERTIES = [
  "AccessTokenValidity",
  "AllowedOAuthFlows",
  "AllowedOAuthFlowsUserPoolClient",
  "AllowedOAuthScopes",
  "AnalyticsConfiguration",
  "AuthSessionValidity",
  "CallbackURLs",
  "ClientName",
  "DefaultRedirectURI",
  "EnablePropagateAdditionalUserContextData",
  "EnableTokenRevocation",
  "ExplicitAuthFlows",
  "GenerateSecret",
  "IdTokenValidity",
  "LogoutURLs",
  "PreventUserExistenceErrors",
  "ReadAttributes",
  "RefreshTokenRotation",
  "RefreshTokenValidity",
  "SupportedIdentityProviders",
  "TokenValidityUnits",
  "UserPoolId",
  "WriteAttributes",
];

export const userPoolClient: ResourceType = {
  type: "AWS::Cognito::UserPoolClient",
  properties: PROPERTIES,
  async create(properties, context) {
    const ClientName = properties["ClientName"] ?? context.physicalName(128);
    return stateOf(await context.call("cognito-idp", "CreateUserPoolClient", { ...properties, ClientName }));
  },
  async update(state, properties, _previous, context) {
    const { GenerateSecret: _fixed, ...wanted } = properties;
    return stateOf(await context.call("cognito-idp", "UpdateUserPoolClient", { ...wanted, ClientId: state.id }));
  },
  async delete(state, properties, context) {
    const place = { UserPoolId: properties["UserPoolId"], ClientId: state.id };
    await unlessGone(context.call("cognito-idp", "DeleteUserPoolClient", place));
  },
  async read(id, context) {
    const [UserPoolId, ClientId] = partsOf(id);
    const found = await unlessGone(context.call("cognito-idp", "DescribeUserPoolClient", { UserPoolId, ClientId }));
    if (found === undefined) return undefined;
    const client = clientOf(found);
    const shown = Object.entries(client).filter(([name]) => PROPERTIES.includes(name));
    return { ...Object.fromEntries(shown), ...stateOf(found).attributes };
  },
};

function clientOf(answer: Record<string, unknown>): UserPoolClientType {
  return (answer as DescribeUserPoolClientOutput).UserPoolClient ?? {};
}

function stateOf(answer: Record<string, unknown>): ResourceState {
  const { ClientId = "", ClientName, ClientSecret } = clientOf(answer);
  const secret = ClientSecret === undefined ? {} : { ClientSecret };
  return { id: ClientId, attributes: { ClientId, Name: ClientName, ...secret } };
}
