// The CloudFormation type AWS::ApiGatewayV2::Authorizer.

import { partOfApi } from "./part-of-api.ts";
import { number, truth } from "./properties.ts";

export const authorizer = partOfApi({
  type: "AWS::ApiGatewayV2::Authorizer",
  properties: [
    "ApiId",
    "Name",
    "AuthorizerType",
    "AuthorizerUri",
    "AuthorizerCredentialsArn",
    "AuthorizerPayloadFormatVersion",
    "AuthorizerResultTtlInSeconds",
    "EnableSimpleResponses",
    "IdentitySource",
    "JwtConfiguration",
  ],
  inert: { IdentityValidationExpression: "kept and shown; AWS does not use it either" },
  name: "Authorizer",
  id: "AuthorizerId",
  place: ["ApiId"],
  identifier: ["AuthorizerId", "ApiId"],
  readings: { AuthorizerResultTtlInSeconds: number, EnableSimpleResponses: truth },
  resets: { AuthorizerResultTtlInSeconds: 0, EnableSimpleResponses: false },
});
