// Tells of an authorizer of an API.

import type { GetAuthorizerInput, GetAuthorizerOutput } from "../../../../models/apigatewayv2.d.ts";
import { operation, authorizerOf } from "../../store.ts";

export const getAuthorizer = operation<GetAuthorizerInput, GetAuthorizerOutput>((input, context) =>
  authorizerOf(context, input.ApiId, input.AuthorizerId),
);
