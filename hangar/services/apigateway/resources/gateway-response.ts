// The CloudFormation type AWS::ApiGateway::GatewayResponse.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { call, remove, written } from "./properties.ts";

export const gatewayResponse: ResourceType = {
  type: "AWS::ApiGateway::GatewayResponse",
  properties: ["RestApiId", "ResponseType", "StatusCode", "ResponseParameters", "ResponseTemplates"],
  async create(properties, context) {
    await put(properties, context);
    const id = context.physicalName(255);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, _previous, context) {
    await put(properties, context);
    return state;
  },
  delete: (_state, properties, context) =>
    remove(context, "DeleteGatewayResponse", {
      restApiId: properties["RestApiId"],
      responseType: properties["ResponseType"],
    }),
};

async function put(properties: Properties, context: ResourceContext): Promise<void> {
  const status = properties["StatusCode"] as string | number | undefined;
  await call(context, "PutGatewayResponse", {
    restApiId: properties["RestApiId"],
    responseType: properties["ResponseType"],
    statusCode: status === undefined ? undefined : written(status),
    responseParameters: properties["ResponseParameters"],
    responseTemplates: properties["ResponseTemplates"],
  });
}
