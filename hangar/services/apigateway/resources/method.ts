// AWS::ApiGateway::Method: the method, what it calls, and what it answers.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { amount, call, found, remove, truth, written } from "./properties.ts";

type Structure = Readonly<Record<string, unknown>>;

export const method: ResourceType = {
  type: "AWS::ApiGateway::Method",
  properties: [
    "RestApiId",
    "ResourceId",
    "HttpMethod",
    "ApiKeyRequired",
    "AuthorizationType",
    "AuthorizationScopes",
    "AuthorizerId",
    "Integration",
    "MethodResponses",
    "OperationName",
    "RequestModels",
    "RequestParameters",
    "RequestValidatorId",
  ],
  async create(properties, context) {
    await put(properties, context);
    return { id: context.physicalName(255), attributes: {} };
  },
  async update(state, properties, previous, context) {
    await remove(context, "DeleteMethod", nameOf(previous));
    await put(properties, context);
    return state;
  },
  delete: (_state, properties, context) => remove(context, "DeleteMethod", nameOf(properties)),
  async read(id, context) {
    const [restApiId, resourceId, httpMethod] = id.split("|");
    const row = await found(context, "GetMethod", { restApiId, resourceId, httpMethod });
    if (row === undefined) return undefined;
    return {
      RestApiId: restApiId,
      ResourceId: resourceId,
      HttpMethod: httpMethod,
      AuthorizationType: row["authorizationType"],
      ApiKeyRequired: row["apiKeyRequired"],
    };
  },
};

function nameOf(properties: Properties): Structure {
  return {
    restApiId: properties["RestApiId"],
    resourceId: properties["ResourceId"],
    httpMethod: properties["HttpMethod"],
  };
}

async function put(properties: Properties, context: ResourceContext): Promise<void> {
  const name = nameOf(properties);
  await call(context, "PutMethod", {
    ...name,
    authorizationType: properties["AuthorizationType"] ?? "NONE",
    authorizationScopes: properties["AuthorizationScopes"],
    authorizerId: properties["AuthorizerId"],
    apiKeyRequired: truth(properties["ApiKeyRequired"]),
    operationName: properties["OperationName"],
    requestModels: properties["RequestModels"],
    requestParameters: booleans(properties["RequestParameters"]),
    requestValidatorId: properties["RequestValidatorId"],
  });
  for (const response of (properties["MethodResponses"] ?? []) as readonly Structure[]) {
    await call(context, "PutMethodResponse", {
      ...name,
      statusCode: written(response["StatusCode"]),
      responseModels: response["ResponseModels"],
      responseParameters: booleans(response["ResponseParameters"]),
    });
  }
  const integration = properties["Integration"] as Structure | undefined;
  if (integration !== undefined) await putIntegration(name, integration, context);
}

async function putIntegration(name: Structure, integration: Structure, context: ResourceContext): Promise<void> {
  await call(context, "PutIntegration", {
    ...name,
    type: integration["Type"],
    integrationHttpMethod: integration["IntegrationHttpMethod"],
    uri: integration["Uri"],
    connectionType: integration["ConnectionType"],
    connectionId: integration["ConnectionId"],
    credentials: integration["Credentials"],
    requestParameters: texts(integration["RequestParameters"]),
    requestTemplates: integration["RequestTemplates"],
    passthroughBehavior: integration["PassthroughBehavior"],
    cacheNamespace: integration["CacheNamespace"],
    cacheKeyParameters: integration["CacheKeyParameters"],
    contentHandling: integration["ContentHandling"],
    timeoutInMillis: amount(integration["TimeoutInMillis"]),
    responseTransferMode: integration["ResponseTransferMode"],
    integrationTarget: integration["IntegrationTarget"],
  });
  for (const response of (integration["IntegrationResponses"] ?? []) as readonly Structure[]) {
    await call(context, "PutIntegrationResponse", {
      ...name,
      statusCode: written(response["StatusCode"]),
      selectionPattern: response["SelectionPattern"],
      responseParameters: texts(response["ResponseParameters"]),
      responseTemplates: response["ResponseTemplates"],
      contentHandling: response["ContentHandling"],
    });
  }
}

function booleans(map: unknown): Structure | undefined {
  if (map === undefined) return undefined;
  return Object.fromEntries(Object.entries(map as Structure).map(([name, value]) => [name, truth(value)]));
}

function texts(map: unknown): Structure | undefined {
  if (map === undefined) return undefined;
  return Object.fromEntries(Object.entries(map as Structure).map(([name, value]) => [name, written(value)]));
}
