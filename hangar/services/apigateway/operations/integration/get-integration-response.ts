// Describes how an answer of the backend becomes the method's. https://docs.aws.amazon.com/apigateway/latest/api/API_GetIntegrationResponse.html

import type { GetIntegrationResponseInput, GetIntegrationResponseOutput } from "../../../../models/apigateway.d.ts";
import { integrationResponseOf } from "../../rules/integration-response.ts";
import { operation } from "../../store.ts";

export const getIntegrationResponse = operation<GetIntegrationResponseInput, GetIntegrationResponseOutput>(
  (input, context) => integrationResponseOf(context, input),
);
