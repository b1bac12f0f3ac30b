// Makes an integration of an API.

import type { CreateIntegrationInput, CreateIntegrationOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { newIntegration } from "../../rules/integration.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { apiOf, key, operation } from "../../store.ts";

export const createIntegration = operation<CreateIntegrationInput, CreateIntegrationOutput>((input, context) => {
  const api = apiOf(context, input.ApiId);
  const row = newIntegration(api, input, context.ids.lower(7));
  checkQuota(context.store.integrations, "integrations", api.ApiId);
  context.store.integrations.put(key(api.ApiId, row.IntegrationId), row);
  touch(context, input.ApiId);
  return row;
});
