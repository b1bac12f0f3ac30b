// A remembered device proves that it is the one it says it is, by SRP with a password of its own.
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html

import { invalidParameter, wrongPassword } from "../errors.ts";
import type { DeviceRow } from "../rules/device.ts";
import { isBadValue, isClaim, publicValue } from "../rules/srp.ts";
import { keyIn, nameKey, type SessionRow, type UserRow } from "../store.ts";
import { deviceIfAny, presentedDevice } from "./devices.ts";
import { endSession, newSession } from "./sessions.ts";
import { checkLock, finish, required, type Answer, type Flow } from "./sign-in.ts";
import { claimOf } from "./srp-sign-in.ts";

type Parameters = Readonly<Record<string, string>>;

/** What the user has to prove is proved: then the device, where it is remembered, and then there are tokens. */
export function withDevice(flow: Flow, user: UserRow, source?: string): Answer | Promise<Answer> {
  const device = presentedDevice(flow, user);
  return device?.remembered === true ? deviceChallenge(flow, user, device) : finish(flow, user, source);
}

export function deviceChallenge(flow: Flow, user: UserRow, { key }: DeviceRow): Answer {
  const Session = newSession(flow, { ...waiting(flow, user, key), challenge: "DEVICE_SRP_AUTH" });
  return { ChallengeName: "DEVICE_SRP_AUTH", Session, ChallengeParameters: {} };
}

function waiting({ pool }: Flow, user: UserRow, device: string): Pick<SessionRow, "username" | "user" | "device"> {
  return { username: user.username, user: nameKey(pool, user.username), device };
}

export type DeviceStep = {
  readonly flow: Flow;
  readonly handle: string;
  readonly session: SessionRow;
  readonly responses: Parameters;
};

function expected({ flow, session, responses }: DeviceStep): { readonly user: UserRow; readonly device: DeviceRow } {
  const user = flow.store.users.get(keyIn(flow.pool, session.user ?? ""));
  const device = user === undefined ? undefined : deviceIfAny(flow, user, session.device ?? "");
  if (user === undefined || device === undefined || required(responses, "DEVICE_KEY") !== device.key)
    throw wrongPassword();
  return { user, device };
}

/** The device shows its public value. */
export function beginDevice(step: DeviceStep): Answer {
  const { flow, handle, responses } = step;
  const { user, device } = expected(step);
  const a = required(responses, "SRP_A");
  if (isBadValue(a)) throw invalidParameter("SRP_A is not a valid value.");
  endSession(flow, handle);
  const b = Buffer.from(flow.context.ids.bytes(32)).toString("hex");
  const { verifier, group, key } = device;
  const next = newSession(flow, {
    ...waiting(flow, user, key),
    challenge: "DEVICE_PASSWORD_VERIFIER",
    srp: { a, b, verifier, poolName: group },
  });
  return {
    ChallengeName: "DEVICE_PASSWORD_VERIFIER",
    Session: next,
    ChallengeParameters: {
      SALT: verifier.salt,
      SECRET_BLOCK: Buffer.from(next).toString("base64"),
      SRP_B: publicValue(b, verifier),
      USERNAME: user.username,
      DEVICE_KEY: key,
    },
  };
}

/** The device shows that it knows its password. */
export async function proveDevice(step: DeviceStep): Promise<Answer> {
  const { flow, handle, session, responses } = step;
  const { user, device } = expected(step);
  const claim = claimOf(responses);
  endSession(flow, handle);
  checkLock(flow, user);
  const identity = { poolName: device.group, username: device.key };
  if (session.srp === undefined || !isClaim(session.srp, identity, claim)) throw wrongPassword();
  return finish({ ...flow, device: device.key }, user, "TokenGeneration_AuthenticateDevice");
}
