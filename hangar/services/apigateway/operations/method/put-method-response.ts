// Adds a response that a method may give. https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html

import type { PutMethodResponseInput, PutMethodResponseOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { key, methodKey, methodOf, operation } from "../../store.ts";

export const putMethodResponse = operation<PutMethodResponseInput, PutMethodResponseOutput>((input, context) => {
  const method = methodOf(context, input);
  const { statusCode, responseModels, responseParameters } = input;
  if (method.methodResponses?.[statusCode] !== undefined) throw conflict("Response already exists for this resource");
  for (const name of Object.values(responseModels ?? {})) {
    if (!context.store.models.has(key(input.restApiId, name)))
      throw badRequest(`Invalid model identifier specified: ${name}`);
  }
  const response = {
    statusCode,
    ...(responseModels === undefined ? {} : { responseModels }),
    ...(responseParameters === undefined ? {} : { responseParameters }),
  };
  context.store.methods.put(methodKey(input), {
    ...method,
    methodResponses: { ...method.methodResponses, [statusCode]: response },
  });
  return response;
});
