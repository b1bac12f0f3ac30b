// Describes what the API says of its own accord in one case. https://docs.aws.amazon.com/apigateway/latest/api/API_GetGatewayResponse.html

import type { GetGatewayResponseInput, GetGatewayResponseOutput } from "../../../../models/apigateway.d.ts";
import { gatewayResponseAnswer } from "../../rules/answers.ts";
import { effectiveResponse } from "../../rules/gateway-responses.ts";
import { apiOf, key, operation } from "../../store.ts";

export const getGatewayResponse = operation<GetGatewayResponseInput, GetGatewayResponseOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  const own = (type: string) => context.store.gatewayResponses.get(key(id, type));
  return gatewayResponseAnswer(effectiveResponse(input.responseType, own));
});
