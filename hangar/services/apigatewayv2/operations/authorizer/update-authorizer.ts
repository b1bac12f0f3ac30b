// Changes an authorizer of an API.

import type { UpdateAuthorizerInput, UpdateAuthorizerOutput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { changedAuthorizer } from "../../rules/authorizer.ts";
import { apiOf, key, operation, authorizerOf } from "../../store.ts";

export const updateAuthorizer = operation<UpdateAuthorizerInput, UpdateAuthorizerOutput>((input, context) => {
  const before = authorizerOf(context, input.ApiId, input.AuthorizerId);
  const row = changedAuthorizer(apiOf(context, input.ApiId), before, input);
  context.store.authorizers.put(key(input.ApiId, input.AuthorizerId), row);
  touch(context, input.ApiId);
  return row;
});
