// Lists what an API has of this kind: integrations.

import type { GetIntegrationsInput, GetIntegrationsOutput } from "../../../../models/apigatewayv2.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getIntegrations = operation<GetIntegrationsInput, GetIntegrationsOutput>((input, context) => {
  apiOf(context, input.ApiId);
  return page(context.store.integrations, under(input.ApiId), input, (row) => row);
});
