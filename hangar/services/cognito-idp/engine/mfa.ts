// The second factor: which one is asked for, and whether what is given proves it.

import { codeMismatch, expiredCode, notAuthorized, wrongPassword } from "../errors.ts";
import { authFactorAddress } from "../rules/auth-factors.ts";
import { masked } from "../rules/message-template.ts";
import { factorsOf } from "../rules/mfa-preference.ts";
import { stepOf } from "../rules/totp.ts";
import { keyIn, nameKey, type SessionRow, type UserRow } from "../store.ts";
import { devicesReplaceFactors } from "../rules/device.ts";
import { newCode } from "./codes.ts";
import { deviceChallenge, withDevice } from "./device-sign-in.ts";
import { presentedDevice } from "./devices.ts";
import { send } from "./messages.ts";
import { changeSession, endSession, newSession } from "./sessions.ts";
import { newPasswordRequired, type Answer, type Flow } from "./sign-in.ts";
import { saveUser } from "./users.ts";

const MOST_TRIES = 5;

/** The first factor is proved. */
export async function afterFirstFactor(flow: Flow, user: UserRow): Promise<Answer> {
  if (user.status === "FORCE_CHANGE_PASSWORD") return newPasswordRequired(flow, user);
  return secondFactor(flow, user);
}

export async function secondFactor(flow: Flow, user: UserRow, source?: string): Promise<Answer> {
  const device = presentedDevice(flow, user);
  if (device?.remembered === true && devicesReplaceFactors(flow.pool)) return deviceChallenge(flow, user, device);
  const mode = flow.pool.settings.MfaConfiguration ?? "OFF";
  const factors = mode === "OFF" ? [] : usable(flow, user);
  const { preferred } = user.mfa;
  const [first, second] = factors;
  if (first === undefined) return mode === "ON" ? setUp(flow, user) : withDevice(flow, user, source);
  if (preferred !== undefined && factors.includes(preferred)) return challenge(flow, user, preferred);
  if (second === undefined) return challenge(flow, user, first);
  const session = newSession(flow, { ...waiting(flow, user), challenge: "SELECT_MFA_TYPE", choices: factors });
  return {
    ChallengeName: "SELECT_MFA_TYPE",
    Session: session,
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, MFAS_CAN_CHOOSE: JSON.stringify(factors) },
  };
}

/** Where everybody needs one, a telephone counts as a factor of its own. */
function usable({ pool }: Flow, user: UserRow): readonly string[] {
  const { settings, softwareTokens, emailMfa } = pool;
  const chosen = factorsOf(user).filter(
    (factor) =>
      (factor === "SOFTWARE_TOKEN_MFA" && softwareTokens && user.totp !== undefined) ||
      (factor === "SMS_MFA" && settings.SmsConfiguration !== undefined) ||
      (factor === "EMAIL_OTP" && emailMfa !== undefined),
  );
  if (chosen.length > 0 || settings.MfaConfiguration !== "ON") return chosen;
  return settings.SmsConfiguration !== undefined && (user.attributes["phone_number"] ?? "") !== "" ? ["SMS_MFA"] : [];
}

function setUp(flow: Flow, user: UserRow): Answer {
  const { settings, softwareTokens, emailMfa } = flow.pool;
  const possible = [
    ...(settings.SmsConfiguration === undefined ? [] : ["SMS_MFA"]),
    ...(softwareTokens ? ["SOFTWARE_TOKEN_MFA"] : []),
    ...(emailMfa === undefined ? [] : ["EMAIL_OTP"]),
  ];
  return {
    ChallengeName: "MFA_SETUP",
    Session: newSession(flow, { ...waiting(flow, user), challenge: "MFA_SETUP" }),
    ChallengeParameters: { MFAS_CAN_SETUP: JSON.stringify(possible), USER_ID_FOR_SRP: user.username },
  };
}

function waiting(flow: Flow, user: UserRow): Pick<SessionRow, "username" | "user"> {
  return { username: user.username, user: nameKey(flow.pool, user.username) };
}

/** Sends a code where the factor needs one. `SMS_OTP` and `EMAIL_OTP` are first factors too. */
export async function challenge(flow: Flow, user: UserRow, factor: string): Promise<Answer> {
  const address = authFactorAddress(user, factor);
  const code = address === undefined ? undefined : newCode(flow);
  if (address !== undefined && code !== undefined)
    await send(flow, user, {
      ...address,
      kind: "Authentication",
      code,
      client: flow.client.id,
      metadata: flow.metadata,
    });
  const session = newSession(flow, { ...waiting(flow, user), challenge: factor, code, tries: 0 });
  return {
    ChallengeName: factor as "SMS_MFA",
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      ...(address === undefined
        ? { FRIENDLY_DEVICE_NAME: user.totpName ?? "" }
        : {
            CODE_DELIVERY_DELIVERY_MEDIUM: address.medium,
            CODE_DELIVERY_DESTINATION: masked(address.medium, address.destination),
          }),
    },
  };
}

/** Throws unless the code is the one that the session waits for. */
export function proveFactor(flow: Flow, handle: string, given: string): UserRow {
  const { store, pool, context } = flow;
  const session = store.sessions.get(handle);
  const user = store.users.get(keyIn(pool, session?.user ?? ""));
  if (session === undefined || user === undefined) throw wrongPassword();
  if (session.challenge === "SOFTWARE_TOKEN_MFA") {
    const step = user.totp === undefined ? undefined : stepOf(user.totp, given, context.clock.now());
    if (step === undefined) throw missed(flow, handle, session);
    if (user.totpUsed !== undefined && step <= user.totpUsed)
      throw expiredCode("Your software token has already been used once.");
    endSession(flow, handle);
    return saveUser(flow, { ...user, totpUsed: step });
  }
  if (session.code !== given) throw missed(flow, handle, session);
  endSession(flow, handle);
  return user;
}

function missed(flow: Flow, handle: string, session: SessionRow): Error {
  const tries = (session.tries ?? 0) + 1;
  if (tries >= MOST_TRIES) {
    endSession(flow, handle);
    return notAuthorized("Invalid session for the user.");
  }
  changeSession(flow, handle, { ...session, tries });
  return codeMismatch(
    session.challenge === "SOFTWARE_TOKEN_MFA"
      ? "Invalid code received for user"
      : "Invalid code or auth state for the user.",
  );
}
