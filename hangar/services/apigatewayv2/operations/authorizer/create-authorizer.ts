// Makes an authorizer of an API.

import type { CreateAuthorizerInput, CreateAuthorizerOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkIssuers } from "../../http/issuer.ts";
import { touch } from "../../rules/deploy.ts";
import { newAuthorizer } from "../../rules/authorizer.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { apiOf, key, operation } from "../../store.ts";

export const createAuthorizer = operation<CreateAuthorizerInput, CreateAuthorizerOutput>(async (input, context) => {
  const row = newAuthorizer(apiOf(context, input.ApiId), input, context.ids.lower(6));
  await checkIssuers(context, [row]);
  const api = apiOf(context, input.ApiId);
  checkQuota(context.store.authorizers, "authorizers", api.ApiId);
  context.store.authorizers.put(key(api.ApiId, row.AuthorizerId), row);
  touch(context, input.ApiId);
  return row;
});
