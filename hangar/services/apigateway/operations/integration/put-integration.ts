// Sets what a method calls. https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html

import type { PutIntegrationInput, PutIntegrationOutput } from "../../../../models/apigateway.d.ts";
import { checkIntegration, newIntegration } from "../../rules/integration.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

export const putIntegration = operation<PutIntegrationInput, PutIntegrationOutput>((input, context) => {
  const method = methodOf(context, input);
  checkIntegration(input);
  const before = method.methodIntegration?.integrationResponses;
  const integration = newIntegration(input, input.resourceId);
  const kept = before === undefined ? integration : { ...integration, integrationResponses: before };
  context.store.methods.put(methodKey(input), { ...method, methodIntegration: kept });
  return kept;
});
