// Removes an authorizer from an API.

import type { DeleteAuthorizerInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { conflict } from "../../errors.ts";
import { key, operation, authorizerOf, under } from "../../store.ts";

export const deleteAuthorizer = operation<DeleteAuthorizerInput, Record<string, never>>((input, context) => {
  authorizerOf(context, input.ApiId, input.AuthorizerId);
  for (const route of context.store.routes.rows(under(input.ApiId)))
    if (route.AuthorizerId === input.AuthorizerId)
      throw conflict(`Cannot delete authorizer '${input.AuthorizerId}', it is referenced by route: ${route.RouteKey}.`);
  context.store.authorizers.delete(key(input.ApiId, input.AuthorizerId));
  touch(context, input.ApiId);
  return {};
});
