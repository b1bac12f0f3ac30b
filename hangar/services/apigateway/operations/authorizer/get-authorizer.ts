// Describes an authorizer. https://docs.aws.amazon.com/apigateway/latest/api/API_GetAuthorizer.html

import type { GetAuthorizerInput, GetAuthorizerOutput } from "../../../../models/apigateway.d.ts";
import { authorizerOf, operation } from "../../store.ts";

export const getAuthorizer = operation<GetAuthorizerInput, GetAuthorizerOutput>((input, context) =>
  authorizerOf(context, input.restApiId, input.authorizerId),
);
