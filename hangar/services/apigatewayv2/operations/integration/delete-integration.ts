// Removes an integration from an API.

import type { DeleteIntegrationInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { conflict } from "../../errors.ts";
import { key, operation, integrationOf, under } from "../../store.ts";

export const deleteIntegration = operation<DeleteIntegrationInput, Record<string, never>>((input, context) => {
  integrationOf(context, input.ApiId, input.IntegrationId);
  const target = `integrations/${input.IntegrationId}`;
  for (const route of context.store.routes.rows(under(input.ApiId)))
    if (route.Target === target)
      throw conflict(
        `Cannot delete Integration '${input.IntegrationId}' because it is referenced by route '${route.RouteKey}'.`,
      );
  for (const place of Array.from(context.store.integrationResponses.keys(under(input.ApiId, input.IntegrationId))))
    context.store.integrationResponses.delete(place);
  context.store.integrations.delete(key(input.ApiId, input.IntegrationId));
  touch(context, input.ApiId);
  return {};
});
