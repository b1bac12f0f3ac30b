// Changes an integration of an API.

import type { UpdateIntegrationInput, UpdateIntegrationOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { changedIntegration } from "../../rules/integration.ts";
import { apiOf, key, operation, integrationOf } from "../../store.ts";

export const updateIntegration = operation<UpdateIntegrationInput, UpdateIntegrationOutput>((input, context) => {
  const before = integrationOf(context, input.ApiId, input.IntegrationId);
  const row = changedIntegration(apiOf(context, input.ApiId), before, input);
  context.store.integrations.put(key(input.ApiId, input.IntegrationId), row);
  touch(context, input.ApiId);
  return row;
});
