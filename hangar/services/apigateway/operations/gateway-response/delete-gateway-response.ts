// Gives one case back to API Gateway's own words. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteGatewayResponse.html

import type { DeleteGatewayResponseInput, DeleteGatewayResponseOutput } from "../../../../models/apigateway.d.ts";
import { notFound } from "../../errors.ts";
import { apiOf, key, operation } from "../../store.ts";

export const deleteGatewayResponse = operation<DeleteGatewayResponseInput, DeleteGatewayResponseOutput>(
  (input, context) => {
    const { id } = apiOf(context, input.restApiId);
    if (context.store.gatewayResponses.delete(key(id, input.responseType)) === undefined)
      throw notFound("Gateway response type not defined on api");
    return {};
  },
);
