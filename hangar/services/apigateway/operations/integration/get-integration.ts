// Describes what a method calls. https://docs.aws.amazon.com/apigateway/latest/api/API_GetIntegration.html

import type { GetIntegrationInput, GetIntegrationOutput } from "../../../../models/apigateway.d.ts";
import { noSuchIntegration } from "../../errors.ts";
import { methodOf, operation } from "../../store.ts";

export const getIntegration = operation<GetIntegrationInput, GetIntegrationOutput>((input, context) => {
  const integration = methodOf(context, input).methodIntegration;
  if (integration === undefined) throw noSuchIntegration();
  return integration;
});
