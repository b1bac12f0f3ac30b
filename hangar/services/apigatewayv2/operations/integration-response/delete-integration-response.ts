// Removes a response of an integration.

import type { DeleteIntegrationResponseInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { key, operation, integrationResponseOf } from "../../store.ts";

export const deleteIntegrationResponse = operation<DeleteIntegrationResponseInput, Record<string, never>>(
  (input, context) => {
    integrationResponseOf(context, input);
    context.store.integrationResponses.delete(key(input.ApiId, input.IntegrationId, input.IntegrationResponseId));
    touch(context, input.ApiId);
    return {};
  },
);
