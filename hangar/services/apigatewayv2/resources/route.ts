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
    "RequestParameters",
    "ModelSelectionExpression",
    "RequestModels",
  ],
  name: "Route",
  id: "RouteId",
  place: ["ApiId"],
  identifier: ["ApiId", "RouteId"],
  readings: { ApiKeyRequired: truth, RequestModels: texts },
  resets: { ApiKeyRequired: false, AuthorizationType: "NONE" },
});
