// The CloudFormation type AWS::ApiGatewayV2::Route.

import { partOfApi } from "./part-of-api.ts";
import { texts, truth } from "./properties.ts";

export const route = partOfApi({
  type: "AWS::ApiGatewayV2::Route",
  properties: [
    "ApiId",
    "RouteKey",
    "Target",
    "AuthorizationType",
    "AuthorizerId",
    "AuthorizationScopes",
    "ApiKeyRequired",
    "OperationName",
    "RouteResponseSelectionExpression",
  ],
  inert: {
    RequestParameters: "kept and shown; requests to connect are not checked",
    ModelSelectionExpression: "kept and shown; messages are not validated",
    RequestModels: "kept and shown; messages are not validated",
  },
  name: "Route",
  id: "RouteId",
  place: ["ApiId"],
  identifier: ["ApiId", "RouteId"],
  readings: { ApiKeyRequired: truth, RequestModels: texts },
  resets: { ApiKeyRequired: false, AuthorizationType: "NONE" },
});
