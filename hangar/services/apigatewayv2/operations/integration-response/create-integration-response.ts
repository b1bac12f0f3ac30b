// Makes a response of an integration.

import type {
  CreateIntegrationResponseInput,
  CreateIntegrationResponseOutput,
} from "../../../../models/apigatewayv2.d.ts";
import { integrationResponseAnswer } from "../../rules/answers.ts";
import { touch } from "../../rules/deploy.ts";
import { newIntegrationResponse } from "../../rules/responses.ts";
import { key, operation, integrationOf } from "../../store.ts";

export const createIntegrationResponse = operation<CreateIntegrationResponseInput, CreateIntegrationResponseOutput>(
  (input, context) => {
    integrationOf(context, input.ApiId, input.IntegrationId);
    const row = newIntegrationResponse(context, input);
    context.store.integrationResponses.put(key(input.ApiId, input.IntegrationId, row.IntegrationResponseId), row);
    touch(context, input.ApiId);
    return integrationResponseAnswer(row);
  },
);
