// Adds a method to a resource. https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html

import type { PutMethodInput, PutMethodOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { methodAnswer } from "../../rules/answers.ts";
import { checkHttpMethod, checkMethod } from "../../rules/method.ts";
import { methodKey, operation, resourceOf, type MethodRow } from "../../store.ts";

export const putMethod = operation<PutMethodInput, PutMethodOutput>((input, context) => {
  const { store } = context;
  resourceOf(context, input.restApiId, input.resourceId);
  checkHttpMethod(input.httpMethod);
  checkMethod(context, input.restApiId, input);
  if (store.methods.has(methodKey(input))) throw conflict("Method already exists for this resource");
  const { restApiId: _api, requestParameters, requestModels, authorizationScopes, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const row: MethodRow = {
    ...given,
    resourceId: input.resourceId,
    httpMethod: input.httpMethod,
    apiKeyRequired: input.apiKeyRequired ?? false,
    ...(requestParameters === undefined ? {} : { requestParameters }),
    ...(requestModels === undefined || Object.keys(requestModels).length === 0 ? {} : { requestModels }),
    ...(authorizationScopes === undefined ? {} : { authorizationScopes }),
  };
  store.methods.put(methodKey(input), row);
  return methodAnswer(row);
});
