// Sets what the API says of its own accord in one case. https://docs.aws.amazon.com/apigateway/latest/api/API_PutGatewayResponse.html

import type { PutGatewayResponseInput, PutGatewayResponseOutput } from "../../../../models/apigateway.d.ts";
import { gatewayResponseAnswer } from "../../rules/answers.ts";
import { newGatewayResponse } from "../../rules/gateway-responses.ts";
import { apiOf, key, operation } from "../../store.ts";

export const putGatewayResponse = operation<PutGatewayResponseInput, PutGatewayResponseOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  const { restApiId: _api, ...settings } = input;
  const row = newGatewayResponse(settings);
  context.store.gatewayResponses.put(key(id, input.responseType), row);
  return gatewayResponseAnswer(row);
});
