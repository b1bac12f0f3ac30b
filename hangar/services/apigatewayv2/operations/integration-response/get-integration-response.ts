// Tells of a response of an integration.

import type { GetIntegrationResponseInput, GetIntegrationResponseOutput } from "../../../../models/apigatewayv2.d.ts";
import { integrationResponseAnswer } from "../../rules/answers.ts";
import { operation, integrationResponseOf } from "../../store.ts";

export const getIntegrationResponse = operation<GetIntegrationResponseInput, GetIntegrationResponseOutput>(
  (input, context) => integrationResponseAnswer(integrationResponseOf(context, input)),
);
