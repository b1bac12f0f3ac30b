// Changes an authorizer of an API.

import type { UpdateAuthorizerInput, UpdateAuthorizerOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkIssuers } from "../../http/issuer.ts";
import { touch } from "../../rules/deploy.ts";
import { changedAuthorizer } from "../../rules/authorizer.ts";
import { apiOf, key, operation, authorizerOf } from "../../store.ts";

export const updateAuthorizer = operation<UpdateAuthorizerInput, UpdateAuthorizerOutput>(async (input, context) => {
  const changed = () =>
    changedAuthorizer(apiOf(context, input.ApiId), authorizerOf(context, input.ApiId, input.AuthorizerId), input);
  await checkIssuers(context, [changed()]);
  const row = changed();
  context.store.authorizers.put(key(input.ApiId, input.AuthorizerId), row);
  touch(context, input.ApiId);
  return row;
});
