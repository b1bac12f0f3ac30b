// Begins a sign-in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html

import type { InitiateAuthInput, InitiateAuthOutput } from "../../../../models/cognito-idp.d.ts";
import { findClient } from "../../engine/find.ts";
import { initiate } from "../../engine/initiate.ts";
import { operation } from "../../store.ts";

export const initiateAuth = operation<InitiateAuthInput, InitiateAuthOutput>((input, context) =>
  initiate(findClient(context, input.ClientId), { ...input, admin: false }),
);
