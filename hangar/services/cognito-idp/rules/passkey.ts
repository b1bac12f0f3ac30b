// A user's passkey, and whether a pool lets it sign in. https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html

import type { WebAuthnCredentialDescription } from "../../../models/cognito-idp.d.ts";
import type { PoolRow, UserRow } from "../store.ts";
import { factorsOf } from "./mfa-preference.ts";

export type PasskeyRow = {
  /** Base64url. */
  readonly id: string;
  /** Of its public key. */
  readonly jwk: Readonly<Record<string, string>>;
  /** How often it has signed; authenticators that do not count say 0. */
  readonly counter: number;
  readonly relyingParty: string;
  readonly transports: readonly string[];
  readonly attachment?: string | undefined;
  readonly created: number;
};

/** What waits for the answer of a user's authenticator. */
export type OfferedPasskey = { readonly challenge: string; readonly expires: number };

export const MOST_PASSKEYS = 20;

export function allowsPasskeys({ settings }: Pick<PoolRow, "settings">): boolean {
  return settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") === true;
}

/** A passkey alone is one factor, unless the pool lets one that knows its user stand for two. */
export function passkeyCounts(pool: PoolRow, user: UserRow): boolean {
  if ((user.passkeys ?? []).length === 0) return false;
  if (standsForTwo(pool)) return true;
  const mode = pool.settings.MfaConfiguration ?? "OFF";
  return mode === "OFF" || (mode === "OPTIONAL" && factorsOf(user).length === 0);
}

function standsForTwo({ webAuthn }: Pick<PoolRow, "webAuthn">): boolean {
  return webAuthn?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
}

export function userVerification({ webAuthn }: Pick<PoolRow, "webAuthn">): string {
  return webAuthn?.UserVerification ?? "preferred";
}

/** Whether whoever signs must have proved who they are to their authenticator. */
export function mustVerifyUser(pool: Pick<PoolRow, "webAuthn">): boolean {
  return standsForTwo(pool) || userVerification(pool) === "required";
}

export function passkeyDescription(passkey: PasskeyRow): WebAuthnCredentialDescription {
  const { id, relyingParty, transports, attachment, created } = passkey;
  return {
    CredentialId: id,
    FriendlyCredentialName: "Passkey",
    RelyingPartyId: relyingParty,
    AuthenticatorTransports: transports,
    ...(attachment === undefined ? {} : { AuthenticatorAttachment: attachment }),
    CreatedAt: new Date(created),
  };
}
