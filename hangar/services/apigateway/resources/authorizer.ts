// The CloudFormation type AWS::ApiGateway::Authorizer.

import type { ResourceType } from "../../../cloud/resource.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";
import { amount, call, found, remove, replaced, written } from "./properties.ts";

export const authorizer: ResourceType = {
  type: "AWS::ApiGateway::Authorizer",
  properties: [
    "RestApiId",
    "Name",
    "Type",
    "AuthType",
    "AuthorizerUri",
    "AuthorizerCredentials",
    "AuthorizerResultTtlInSeconds",
    "IdentitySource",
    "IdentityValidationExpression",
    "ProviderARNs",
  ],
  async create(properties, context) {
    const made = await call(context, "CreateAuthorizer", {
      restApiId: properties["RestApiId"],
      name: properties["Name"],
      type: properties["Type"],
      authType: properties["AuthType"],
      authorizerUri: properties["AuthorizerUri"],
      authorizerCredentials: properties["AuthorizerCredentials"],
      authorizerResultTtlInSeconds: amount(properties["AuthorizerResultTtlInSeconds"]),
      identitySource: properties["IdentitySource"],
      identityValidationExpression: properties["IdentityValidationExpression"],
      providerARNs: properties["ProviderARNs"],
    });
    const id = written(made["id"]);
    return { id, attributes: { AuthorizerId: id } };
  },
  async update(state, properties, previous, context) {
    const wanted = (properties["ProviderARNs"] ?? []) as readonly string[];
    const before = (previous["ProviderARNs"] ?? []) as readonly string[];
    const patchOperations: PatchOperation[] = [
      ...replaced(
        properties,
        previous,
        {
          Name: "/name",
          Type: "/type",
          AuthType: "/authType",
          AuthorizerUri: "/authorizerUri",
          AuthorizerCredentials: "/authorizerCredentials",
          AuthorizerResultTtlInSeconds: "/authorizerResultTtlInSeconds",
          IdentitySource: "/identitySource",
          IdentityValidationExpression: "/identityValidationExpression",
        },
        { AuthorizerResultTtlInSeconds: "300" },
      ),
      ...wanted.filter((arn) => !before.includes(arn)).map((value) => ({ op: "add", path: "/providerARNs", value })),
      ...before.filter((arn) => !wanted.includes(arn)).map((value) => ({ op: "remove", path: "/providerARNs", value })),
    ];
    await call(context, "UpdateAuthorizer", {
      restApiId: properties["RestApiId"],
      authorizerId: state.id,
      patchOperations,
    });
    return state;
  },
  delete: (state, properties, context) =>
    remove(context, "DeleteAuthorizer", { restApiId: properties["RestApiId"], authorizerId: state.id }),
  async read(id, context) {
    const [restApiId, authorizerId] = id.split("|");
    const row = await found(context, "GetAuthorizer", { restApiId, authorizerId });
    return row === undefined
      ? undefined
      : { RestApiId: restApiId, AuthorizerId: authorizerId, Name: row["name"], Type: row["type"] };
  },
};
