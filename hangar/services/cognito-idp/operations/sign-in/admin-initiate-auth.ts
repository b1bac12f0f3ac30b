// Begins a sign-in from a server that AWS trusts. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html

import type { AdminInitiateAuthInput, AdminInitiateAuthOutput } from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { initiate } from "../../engine/initiate.ts";
import { operation } from "../../store.ts";

export const adminInitiateAuth = operation<AdminInitiateAuthInput, AdminInitiateAuthOutput>((input, context) =>
  initiate(clientIn(findPool(context, input.UserPoolId), input.ClientId), { ...input, admin: true }),
);
