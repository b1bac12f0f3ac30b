// Passkeys: what authenticators are asked for, and what their answers prove.

import {
  passkeyFailure,
  passkeysNotConfigured,
  passkeysNotEnabled,
  tooManyPasskeys,
  wrongPassword,
} from "../errors.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";
import { allowsPasskeys, MOST_PASSKEYS, mustVerifyUser, userVerification, type PasskeyRow } from "../rules/passkey.ts";
import { membersOf, newKeyOf, signatureOf } from "../rules/web-authn.ts";
import { keyIn, nameKey, type Place, type SessionRow, type UserPlace, type UserRow } from "../store.ts";
import { hostedHost } from "./hosted-address.ts";
import { endSession, newSession } from "./sessions.ts";
import type { Answer, Flow } from "./sign-in.ts";
import { saveUser } from "./users.ts";

const MINUTE = 60_000;
const TO_REGISTER = MINUTE;
const TO_SIGN_IN = 3 * MINUTE;

/** The pool's own, else the domain of its hosted pages. */
function relyingPartyOf(place: Place): string {
  const id = place.pool.webAuthn?.RelyingPartyId ?? hostedHost(place);
  if (id === undefined) throw passkeysNotConfigured();
  return id;
}

function challengeOf({ context }: Place): string {
  return Buffer.from(context.ids.bytes(32)).toString("base64url");
}

function listed(passkeys: readonly PasskeyRow[]): object[] {
  return passkeys.map(({ id, transports }) => ({
    id,
    type: "public-key",
    ...(transports.length === 0 ? {} : { transports }),
  }));
}

/** PublicKeyCredentialCreationOptions, as JSON has them. */
export function offerPasskey({ user, ...place }: UserPlace): object {
  if (!allowsPasskeys(place.pool)) throw passkeysNotEnabled();
  const id = relyingPartyOf(place);
  if ((user.passkeys ?? []).length >= MOST_PASSKEYS) throw tooManyPasskeys();
  const challenge = challengeOf(place);
  const expires = place.context.clock.now() + TO_REGISTER;
  saveUser(place, { ...user, passkeyOffered: { challenge, expires } });
  return {
    authenticatorSelection: {
      requireResidentKey: true,
      residentKey: "required",
      userVerification: userVerification(place.pool),
    },
    challenge,
    excludeCredentials: listed(user.passkeys ?? []),
    pubKeyCredParams: [-7, -257].map((alg) => ({ alg, type: "public-key" })),
    rp: { id, name: id },
    timeout: TO_REGISTER,
    user: { displayName: user.username, id: handleOf(user), name: user.username },
  };
}

/** What authenticators keep for the user. */
function handleOf({ sub }: UserRow): string {
  return Buffer.from(sub).toString("base64url");
}

export function registerPasskey({ user, ...place }: UserPlace, credential: unknown): void {
  const { pool, context } = place;
  if (!allowsPasskeys(pool)) throw passkeysNotEnabled();
  const relyingParty = relyingPartyOf(place);
  const { passkeyOffered: offered, passkeys = [] } = user;
  const now = context.clock.now();
  if (offered === undefined || offered.expires <= now) throw passkeyFailure("challenge");
  if (passkeys.length >= MOST_PASSKEYS) throw tooManyPasskeys();
  const wanted = { challenge: offered.challenge, relyingParty, mustVerifyUser: mustVerifyUser(pool) };
  const found = newKeyOf(credential, wanted);
  if (typeof found === "string") throw passkeyFailure(found);
  const { authenticatorAttachment: attachment, response } = membersOf(credential);
  const transports = membersOf(response)["transports"];
  const passkey: PasskeyRow = {
    ...found,
    relyingParty,
    transports: Array.isArray(transports) ? transports.map(String) : [],
    ...(typeof attachment === "string" ? { attachment } : {}),
    created: now,
  };
  const others = passkeys.filter(({ id }) => id !== passkey.id);
  saveUser(place, { ...user, passkeyOffered: undefined, passkeys: [...others, passkey], modified: now });
}

/** The challenge WEB_AUTHN, with PublicKeyCredentialRequestOptions. */
export function askPasskey(flow: Flow, user: UserRow): Answer {
  const challenge = challengeOf(flow);
  const options = {
    challenge,
    timeout: TO_SIGN_IN,
    rpId: relyingPartyOf(flow),
    allowCredentials: listed(user.passkeys ?? []),
    userVerification: userVerification(flow.pool),
  };
  const asked = { username: user.username, user: nameKey(flow.pool, user.username) };
  return {
    ChallengeName: "WEB_AUTHN",
    Session: newSession(flow, { ...asked, challenge: "WEB_AUTHN", code: challenge }),
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options), USERNAME: user.username },
  };
}

/** Throws unless one of the user's passkeys signed what the session asks for; a session is good for one try. */
export function provePasskey(flow: Flow, handle: string, session: SessionRow, text: string): UserRow {
  const { store, pool } = flow;
  endSession(flow, handle);
  const user = store.users.get(keyIn(pool, session.user ?? ""));
  const credential = membersOf(parsedJson(text));
  const passkey = user?.passkeys?.find(({ id }) => id === credential["id"]);
  if (user === undefined || passkey === undefined) throw wrongPassword();
  const { response } = credential;
  const handleGiven = membersOf(response)["userHandle"];
  if (typeof handleGiven === "string" && handleGiven !== handleOf(user)) throw wrongPassword();
  const { relyingParty } = passkey;
  const wanted = { challenge: session.code ?? "", relyingParty, mustVerifyUser: mustVerifyUser(pool) };
  const signed = signatureOf(credential, passkey, wanted);
  if (typeof signed === "string") throw wrongPassword();
  const passkeys = user.passkeys?.map((each) => (each === passkey ? { ...each, counter: signed.counter } : each));
  return saveUser(flow, { ...user, passkeys });
}
