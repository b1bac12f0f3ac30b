// Leaves a method without anything to call. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteIntegration.html

import type { DeleteIntegrationInput, DeleteIntegrationOutput } from "../../../../models/apigateway.d.ts";
import { noSuchIntegration } from "../../errors.ts";
import { without } from "../../rules/patch.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

export const deleteIntegration = operation<DeleteIntegrationInput, DeleteIntegrationOutput>((input, context) => {
  const method = methodOf(context, input);
  if (method.methodIntegration === undefined) throw noSuchIntegration();
  context.store.methods.put(methodKey(input), without(method, "methodIntegration"));
  return {};
});
