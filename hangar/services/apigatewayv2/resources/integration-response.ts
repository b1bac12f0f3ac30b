// The CloudFormation type AWS::ApiGatewayV2::IntegrationResponse.

import { partOfApi } from "./part-of-api.ts";
import { texts } from "./properties.ts";

export const integrationResponse = partOfApi({
  type: "AWS::ApiGatewayV2::IntegrationResponse",
  properties: [
    "ApiId",
    "IntegrationId",
    "IntegrationResponseKey",
    "ResponseTemplates",
    "TemplateSelectionExpression",
    "ContentHandlingStrategy",
  ],
  inert: {
    ResponseParameters: "kept and shown; messages of WebSocket APIs have no headers",
  },
  name: "IntegrationResponse",
  id: "IntegrationResponseId",
  place: ["ApiId", "IntegrationId"],
  identifier: ["ApiId", "IntegrationId", "IntegrationResponseId"],
  readings: { ResponseTemplates: texts, ResponseParameters: texts },
});
