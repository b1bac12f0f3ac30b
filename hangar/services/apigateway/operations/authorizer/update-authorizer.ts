// Changes an authorizer. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAuthorizer.html

import type { UpdateAuthorizerInput, UpdateAuthorizerOutput } from "../../../../models/apigateway.d.ts";
import { authorizerPatches, checkAuthorizer } from "../../rules/authorizer.ts";
import { applyPatch } from "../../rules/patch.ts";
import { authorizerOf, key, operation } from "../../store.ts";

export const updateAuthorizer = operation<UpdateAuthorizerInput, UpdateAuthorizerOutput>((input, context) => {
  const before = authorizerOf(context, input.restApiId, input.authorizerId);
  const row = applyPatch(before, input.patchOperations, authorizerPatches);
  checkAuthorizer(row);
  context.store.authorizers.put(key(input.restApiId, row.id), row);
  return row;
});
