// Lists what the API says of its own accord. https://docs.aws.amazon.com/apigateway/latest/api/API_GetGatewayResponses.html

import type { GetGatewayResponsesInput, GetGatewayResponsesOutput } from "../../../../models/apigateway.d.ts";
import { gatewayResponseAnswer } from "../../rules/answers.ts";
import { effectiveResponse, gatewayResponseStatus } from "../../rules/gateway-responses.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, key, operation } from "../../store.ts";

export const getGatewayResponses = operation<GetGatewayResponsesInput, GetGatewayResponsesOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  const own = (type: string) => context.store.gatewayResponses.get(key(id, type));
  return page(
    Object.keys(gatewayResponseStatus).map(
      (type) => [type, gatewayResponseAnswer(effectiveResponse(type, own))] as const,
    ),
    input,
  );
});
