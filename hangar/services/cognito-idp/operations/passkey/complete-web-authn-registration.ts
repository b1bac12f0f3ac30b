// Keeps the passkey that a signed-in user's authenticator made. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompleteWebAuthnRegistration.html

import type {
  CompleteWebAuthnRegistrationInput,
  CompleteWebAuthnRegistrationOutput,
} from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { registerPasskey } from "../../engine/passkeys.ts";
import { operation } from "../../store.ts";

export const completeWebAuthnRegistration = operation<
  CompleteWebAuthnRegistrationInput,
  CompleteWebAuthnRegistrationOutput
>(async ({ AccessToken, Credential }, context) => {
  registerPasskey(await authenticated(context, AccessToken), Credential);
  return {};
});
