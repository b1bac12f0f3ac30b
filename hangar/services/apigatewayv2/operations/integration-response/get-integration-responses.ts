// Lists the integration responses of their parent.

import type { GetIntegrationResponsesInput, GetIntegrationResponsesOutput } from "../../../../models/apigatewayv2.d.ts";
import { integrationResponseAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { operation, integrationOf, under } from "../../store.ts";

export const getIntegrationResponses = operation<GetIntegrationResponsesInput, GetIntegrationResponsesOutput>(
  (input, context) => {
    integrationOf(context, input.ApiId, input.IntegrationId);
    return page(
      context.store.integrationResponses,
      under(input.ApiId, input.IntegrationId),
      input,
      integrationResponseAnswer,
    );
  },
);
