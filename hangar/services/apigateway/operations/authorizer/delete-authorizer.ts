// Removes an authorizer that no method uses. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteAuthorizer.html

import type { DeleteAuthorizerInput, DeleteAuthorizerOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { authorizerOf, key, operation, under } from "../../store.ts";

export const deleteAuthorizer = operation<DeleteAuthorizerInput, DeleteAuthorizerOutput>((input, context) => {
  const { store } = context;
  const { id } = authorizerOf(context, input.restApiId, input.authorizerId);
  for (const method of store.methods.rows(under(input.restApiId))) {
    if (method.authorizerId !== id) continue;
    const path = store.resources.get(key(input.restApiId, method.resourceId))?.path ?? "";
    throw conflict(`Cannot delete authorizer '${id}'. Is referenced in method: ${path}/${method.httpMethod}`);
  }
  store.authorizers.delete(key(input.restApiId, id));
  return {};
});
