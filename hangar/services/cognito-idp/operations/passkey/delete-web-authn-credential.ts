// Removes a passkey of a signed-in user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html

import type {
  DeleteWebAuthnCredentialInput,
  DeleteWebAuthnCredentialOutput,
} from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { saveUser } from "../../engine/users.ts";
import { notFound } from "../../errors.ts";
import { operation } from "../../store.ts";

export const deleteWebAuthnCredential = operation<DeleteWebAuthnCredentialInput, DeleteWebAuthnCredentialOutput>(
  async ({ AccessToken, CredentialId }, context) => {
    const { user, ...place } = await authenticated(context, AccessToken);
    const passkeys = (user.passkeys ?? []).filter(({ id }) => id !== CredentialId);
    if (passkeys.length === (user.passkeys ?? []).length) throw notFound("Credential does not exist.");
    saveUser(place, { ...user, passkeys, modified: context.clock.now() });
    return {};
  },
);
