// Takes the answer to a challenge, and goes on with the sign-in.

import type { RespondToAuthChallengeRequest } from "../../../models/cognito-idp.d.ts";
import { invalidParameter, notEmulated, wrongPassword } from "../errors.ts";
import { attributesOf, checkAttributes } from "../rules/attributes.ts";
import { keyIn, type ClientPlace, type SessionRow, type UserRow } from "../store.ts";
import { answerCustom, next } from "./custom-sign-in.ts";
import { chosen } from "./initiate.ts";
import { beginDevice, proveDevice, withDevice } from "./device-sign-in.ts";
import { afterFirstFactor, challenge, proveFactor, secondFactor } from "./mfa.ts";
import { provePasskey } from "./passkeys.ts";
import { withPassword } from "./passwords.ts";
import { checkSecretHash } from "./secret-hash.ts";
import { endSession, leadOn, ledTo, sessionAt } from "./sessions.ts";
import { checkState, required, type Answer, type Flow } from "./sign-in.ts";
import { handleOf, proveClaim } from "./srp-sign-in.ts";
import { saveUser } from "./users.ts";

type Parameters = Readonly<Record<string, string>>;

export type Responding = Pick<
  RespondToAuthChallengeRequest,
  "ChallengeName" | "ChallengeResponses" | "Session" | "ClientMetadata"
>;

type Step = {
  readonly flow: Flow;
  readonly handle: string;
  readonly session: SessionRow;
  readonly responses: Parameters;
};

const CODES: Readonly<Record<string, string>> = {
  SMS_MFA: "SMS_MFA_CODE",
  SMS_OTP: "SMS_OTP_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
};

export async function respond(place: ClientPlace, input: Responding): Promise<Answer> {
  const { ChallengeName: name, ChallengeResponses: responses = {} } = input;
  const username = required(responses, "USERNAME");
  checkSecretHash(place.client, username, responses["SECRET_HASH"]);
  const verifies = name === "PASSWORD_VERIFIER" || name === "DEVICE_PASSWORD_VERIFIER";
  const handle = verifies ? handleOf(responses) : (input.Session ?? "");
  if (handle === "") throw invalidParameter("Missing required parameter Session");
  return goOn({ ...place, metadata: input.ClientMetadata, device: responses["DEVICE_KEY"] }, name, handle, responses);
}

/** The caller is known to speak for the client. */
export async function goOn(flow: Flow, name: string, handle: string, responses: Parameters): Promise<Answer> {
  const expected = name === "PASSWORD" || name === "PASSWORD_SRP" ? "SELECT_CHALLENGE" : name;
  const at = name === "DEVICE_SRP_AUTH" ? ledTo(flow, handle) : handle;
  const session = sessionAt(flow, at, [expected]);
  if (session.client !== flow.client.id) throw wrongPassword();
  return answered(name, { flow, handle: at, session, responses });
}

async function answered(name: string, step: Step): Promise<Answer> {
  const { flow, handle, session, responses } = step;
  switch (name) {
    case "PASSWORD_VERIFIER":
      return verified(step);
    case "DEVICE_SRP_AUTH":
      return beginDevice(step);
    case "DEVICE_PASSWORD_VERIFIER":
      return proveDevice(step);
    case "CUSTOM_CHALLENGE":
      return answerCustom(flow, handle, session, required(responses, "ANSWER"));
    case "NEW_PASSWORD_REQUIRED":
      return newPassword(step);
    case "SELECT_MFA_TYPE":
      return selected(step);
    case "SELECT_CHALLENGE":
      return select(step, required(responses, "ANSWER"));
    case "PASSWORD":
    case "PASSWORD_SRP":
      return select(step, name);
    case "MFA_SETUP":
      return setUp(step);
    case "WEB_AUTHN":
      return withDevice(flow, provePasskey(flow, handle, session, required(responses, "CREDENTIAL")));
    default:
      return withCode(name, step);
  }
}

function userOf({ flow, session }: Step): UserRow {
  const user = session.user === undefined ? undefined : flow.store.users.get(keyIn(flow.pool, session.user));
  if (user === undefined) throw wrongPassword();
  return user;
}

async function verified({ flow, handle, session, responses }: Step): Promise<Answer> {
  const user = proveClaim(flow, handle, session, responses);
  if (session.custom !== true) return afterFirstFactor(flow, user);
  const rounds = [...(session.rounds ?? []), { challengeName: "PASSWORD_VERIFIER", challengeResult: true }];
  return next(flow, { username: session.username, user, rounds });
}

/** A code is a second factor after a password, and a first one by itself. */
async function withCode(name: string, { flow, handle, responses }: Step): Promise<Answer> {
  const member = CODES[name];
  if (member === undefined) throw notEmulated(`the challenge ${name}`);
  const user = proveFactor(flow, handle, required(responses, member));
  const answer = await withDevice(flow, user);
  if (answer.ChallengeName === "DEVICE_SRP_AUTH") leadOn(flow, handle, answer.Session ?? "");
  return answer;
}

async function newPassword(step: Step): Promise<Answer> {
  const { flow, handle, responses } = step;
  const user = userOf(step);
  const prefix = "userAttributes.";
  const given = Object.entries(responses).filter(([name]) => name.startsWith(prefix));
  const attributes = attributesOf(given.map(([name, Value]) => ({ Name: name.slice(prefix.length), Value })));
  const all = { ...user.attributes, ...attributes };
  checkAttributes(attributes, { pool: flow.pool, user, client: flow.client });
  const missing = flow.pool.schema.find(
    ({ Name = "", Required }) => Required === true && Name !== "sub" && (all[Name] ?? "") === "",
  );
  if (missing !== undefined) throw invalidParameter(`Invalid attributes given, ${missing.Name} is missing`);
  const changed = withPassword(
    flow,
    { ...user, attributes: all, status: "CONFIRMED" },
    required(responses, "NEW_PASSWORD"),
  );
  endSession(flow, handle);
  return secondFactor(flow, saveUser(flow, changed), "TokenGeneration_NewPasswordChallenge");
}

async function selected(step: Step): Promise<Answer> {
  const { flow, handle, session, responses } = step;
  const factor = required(responses, "ANSWER");
  if (session.choices?.includes(factor) !== true) throw invalidParameter(`Invalid MFA type: ${factor}`);
  endSession(flow, handle);
  return challenge(flow, userOf(step), factor);
}

async function select(step: Step, answer: string): Promise<Answer> {
  const { flow, handle, session, responses } = step;
  if (session.choices?.includes(answer) !== true)
    throw invalidParameter(`Selected challenge is not available: ${answer}`);
  const user = userOf(step);
  endSession(flow, handle);
  return chosen(flow, user, { ...responses, ANSWER: answer });
}

async function setUp(step: Step): Promise<Answer> {
  const { flow, handle, session } = step;
  const user = userOf(step);
  if (session.verified !== true || session.secret === undefined)
    throw invalidParameter("Software token has not been verified.");
  endSession(flow, handle);
  checkState(flow, user);
  const mfa = { ...user.mfa, software: true };
  return withDevice(flow, saveUser(flow, { ...user, totp: session.secret, mfa }));
}
