// The CloudFormation type AWS::ApiGatewayV2::RouteResponse.

import { partOfApi } from "./part-of-api.ts";
import { texts } from "./properties.ts";

export const routeResponse = partOfApi({
  type: "AWS::ApiGatewayV2::RouteResponse",
  properties: ["ApiId", "RouteId", "RouteResponseKey"],
  inert: {
    ModelSelectionExpression: "kept and shown; answers are not validated",
    ResponseModels: "kept and shown; answers are not validated",
    ResponseParameters: "kept and shown; messages of WebSocket APIs have no headers",
  },
  name: "RouteResponse",
  id: "RouteResponseId",
  place: ["ApiId", "RouteId"],
  identifier: ["ApiId", "RouteId", "RouteResponseId"],
  readings: { ResponseModels: texts },
});
