// Changes a response of an integration.

import type {
  UpdateIntegrationResponseInput,
  UpdateIntegrationResponseOutput,
} from "../../../../models/apigatewayv2.d.ts";
import { integrationResponseAnswer } from "../../rules/answers.ts";
import { touch } from "../../rules/deploy.ts";
import { changedIntegrationResponse } from "../../rules/responses.ts";
import { key, operation, integrationResponseOf } from "../../store.ts";

export const updateIntegrationResponse = operation<UpdateIntegrationResponseInput, UpdateIntegrationResponseOutput>(
  (input, context) => {
    const row = changedIntegrationResponse(context, integrationResponseOf(context, input), input);
    context.store.integrationResponses.put(key(input.ApiId, input.IntegrationId, row.IntegrationResponseId), row);
    touch(context, input.ApiId);
    return integrationResponseAnswer(row);
  },
);
