// Tells of an integration of an API.

import type { GetIntegrationInput, GetIntegrationOutput } from "../../../../models/apigatewayv2.d.ts";
import { operation, integrationOf } from "../../store.ts";

export const getIntegration = operation<GetIntegrationInput, GetIntegrationOutput>((input, context) =>
  integrationOf(context, input.ApiId, input.IntegrationId),
);
