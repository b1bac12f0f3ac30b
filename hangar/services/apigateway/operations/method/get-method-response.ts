// Describes a response of a method. https://docs.aws.amazon.com/apigateway/latest/api/API_GetMethodResponse.html

import type { GetMethodResponseInput, GetMethodResponseOutput } from "../../../../models/apigateway.d.ts";
import { noSuchStatus } from "../../errors.ts";
import { methodOf, operation } from "../../store.ts";

export const getMethodResponse = operation<GetMethodResponseInput, GetMethodResponseOutput>((input, context) => {
  const response = methodOf(context, input).methodResponses?.[input.statusCode];
  if (response === undefined) throw noSuchStatus();
  return response;
});
