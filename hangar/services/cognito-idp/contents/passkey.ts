// Cognito's operations on users' passkeys, by API name.

import { completeWebAuthnRegistration } from "../operations/passkey/complete-web-authn-registration.ts";
import { deleteWebAuthnCredential } from "../operations/passkey/delete-web-authn-credential.ts";
import { listWebAuthnCredentials } from "../operations/passkey/list-web-authn-credentials.ts";
import { startWebAuthnRegistration } from "../operations/passkey/start-web-authn-registration.ts";

export const passkeyOperations = {
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  StartWebAuthnRegistration: startWebAuthnRegistration,
};
