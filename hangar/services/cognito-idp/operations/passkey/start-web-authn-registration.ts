// Asks a signed-in user's authenticator for a passkey. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html

import type {
  StartWebAuthnRegistrationInput,
  StartWebAuthnRegistrationOutput,
} from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { offerPasskey } from "../../engine/passkeys.ts";
import { operation } from "../../store.ts";

export const startWebAuthnRegistration = operation<StartWebAuthnRegistrationInput, StartWebAuthnRegistrationOutput>(
  async ({ AccessToken }, context) => {
    const CredentialCreationOptions = offerPasskey(await authenticated(context, AccessToken));
    return { CredentialCreationOptions };
  },
);
