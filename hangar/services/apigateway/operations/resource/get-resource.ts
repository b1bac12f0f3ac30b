// Describes a resource. https://docs.aws.amazon.com/apigateway/latest/api/API_GetResource.html

import type { GetResourceInput, GetResourceOutput } from "../../../../models/apigateway.d.ts";
import { resourceAnswer } from "../../rules/answers.ts";
import { operation, resourceOf, under } from "../../store.ts";

export const getResource = operation<GetResourceInput, GetResourceOutput>((input, context) => {
  const row = resourceOf(context, input.restApiId, input.resourceId);
  const methods = [...context.store.methods.rows(under(input.restApiId, row.id))];
  return resourceAnswer(row, methods, input.embed?.includes("methods") ?? false);
});
