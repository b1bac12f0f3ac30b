// Sets what the API says of its own accord in one case. https://docs.aws.amazon.com/apigateway/latest/api/API_PutGatewayResponse.html

import type { PutGatewayResponseInput, PutGatewayResponseOutput } from "../../../../models/apigateway.d.ts";
import { gatewayResponseAnswer } from "../../rules/answers.ts";
import { TEMPLATE, gatewayResponseStatus } from "../../rules/gateway-responses.ts";
import { apiOf, key, operation, type GatewayResponseRow } from "../../store.ts";

export const putGatewayResponse = operation<PutGatewayResponseInput, PutGatewayResponseOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  const { responseType, responseParameters = {}, responseTemplates = {} } = input;
  const statusCode = input.statusCode ?? gatewayResponseStatus[responseType]?.toString();
  const row: GatewayResponseRow = {
    responseType,
    ...(statusCode === undefined ? {} : { statusCode }),
    responseParameters,
    responseTemplates:
      Object.keys(responseTemplates).length === 0 ? { "application/json": TEMPLATE } : responseTemplates,
    defaultResponse: false,
  };
  context.store.gatewayResponses.put(key(id, responseType), row);
  return gatewayResponseAnswer(row);
});
