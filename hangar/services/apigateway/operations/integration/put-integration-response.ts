// Says how an answer of the backend becomes the method's. https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html

import type {
  IntegrationResponse,
  PutIntegrationResponseInput,
  PutIntegrationResponseOutput,
} from "../../../../models/apigateway.d.ts";
import { checkIntegrationResponse, putIntegrationResponseRow } from "../../rules/integration-response.ts";
import { operation } from "../../store.ts";

export const putIntegrationResponse = operation<PutIntegrationResponseInput, PutIntegrationResponseOutput>(
  (input, context) => {
    const { restApiId: _api, resourceId: _resource, httpMethod: _method, ...rest } = input;
    const response = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined),
    ) as IntegrationResponse;
    checkIntegrationResponse(response);
    putIntegrationResponseRow(context, input, response);
    return response;
  },
);
