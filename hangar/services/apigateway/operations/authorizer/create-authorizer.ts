// Adds an authorizer to an API. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html

import type { CreateAuthorizerInput, CreateAuthorizerOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { checkAuthorizer } from "../../rules/authorizer.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { key, operation, under, type AuthorizerRow } from "../../store.ts";

export const createAuthorizer = operation<CreateAuthorizerInput, CreateAuthorizerOutput>((input, context) => {
  const { store, ids } = context;
  if (!store.apis.has(input.restApiId))
    throw conflict("Unable to complete operation due to concurrent modification. Please try again later.");
  const others = [...store.authorizers.rows(under(input.restApiId))];
  for (const other of others) {
    if (other.name === input.name)
      throw conflict("Authorizer name must be unique. Authorizer " + input.name + " already exists in this RestApi.");
  }
  checkQuota("Authorizers", others.length);
  const { restApiId: _api, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const authType = input.type === "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom";
  const row: AuthorizerRow = { authType, ...given, id: ids.lower(6), type: input.type };
  checkAuthorizer(row);
  store.authorizers.put(key(input.restApiId, row.id), row);
  return row;
});
