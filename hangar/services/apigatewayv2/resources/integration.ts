// The CloudFormation type AWS::ApiGatewayV2::Integration.

import { partOfApi } from "./part-of-api.ts";
import { number, texts } from "./properties.ts";

type Mapping = { readonly Source: string; readonly Destination: string };

/** Templates write them as a list of what goes where, or as the map that the API has. */
function responseParameters(value: unknown): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const byStatus = Object.entries(
    value as Readonly<Record<string, { readonly ResponseParameters?: readonly Mapping[] }>>,
  );
  return Object.fromEntries(
    byStatus.map(([status, mappings]) => [
      status,
      Array.isArray(mappings.ResponseParameters)
        ? Object.fromEntries(mappings.ResponseParameters.map((each: Mapping) => [each.Destination, each.Source]))
        : texts(mappings),
    ]),
  );
}

export const integration = partOfApi({
  type: "AWS::ApiGatewayV2::Integration",
  properties: [
    "ApiId",
    "IntegrationType",
    "IntegrationSubtype",
    "IntegrationUri",
    "IntegrationMethod",
    "PayloadFormatVersion",
    "ConnectionType",
    "CredentialsArn",
    "Description",
    "TimeoutInMillis",
    "RequestParameters",
    "ResponseParameters",
    "RequestTemplates",
    "TemplateSelectionExpression",
    "PassthroughBehavior",
    "ContentHandlingStrategy",
  ],
  name: "Integration",
  id: "IntegrationId",
  place: ["ApiId"],
  identifier: ["ApiId", "IntegrationId"],
  readings: {
    TimeoutInMillis: number,
    RequestParameters: texts,
    RequestTemplates: texts,
    ResponseParameters: responseParameters,
  },
  merged: ["RequestParameters", "ResponseParameters"],
  resets: { ConnectionType: "INTERNET", PayloadFormatVersion: "1.0" },
});
