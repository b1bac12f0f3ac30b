// Changes what a method calls. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateIntegration.html

import type { UpdateIntegrationInput, UpdateIntegrationOutput } from "../../../../models/apigateway.d.ts";
import { noSuchIntegration } from "../../errors.ts";
import { checkIntegration, integrationPatches } from "../../rules/integration.ts";
import { applyPatch } from "../../rules/patch.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

export const updateIntegration = operation<UpdateIntegrationInput, UpdateIntegrationOutput>((input, context) => {
  const method = methodOf(context, input);
  if (method.methodIntegration === undefined) throw noSuchIntegration();
  const methodIntegration = applyPatch(method.methodIntegration, input.patchOperations, integrationPatches);
  const { httpMethod, ...settings } = methodIntegration;
  checkIntegration({ ...settings, integrationHttpMethod: httpMethod });
  context.store.methods.put(methodKey(input), { ...method, methodIntegration });
  return methodIntegration;
});
