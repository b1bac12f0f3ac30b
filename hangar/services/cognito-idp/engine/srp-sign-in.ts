// Signing in without sending the password: what the server answers first, and the proof.

import { createHash } from "node:crypto";
import { invalidParameter, wrongPassword } from "../errors.ts";
import { isBadValue, isClaim, publicValue, verifierOf, type Claim } from "../rules/srp.ts";
import { keyIn, nameKey, type SessionRow, type UserRow, type Verifier } from "../store.ts";
import { userIfAny } from "./find.ts";
import { identityOf } from "./passwords.ts";
import { endSession, newSession } from "./sessions.ts";
import {
  checkLock,
  checkState,
  countFailure,
  hidesUsers,
  noSuchUser,
  required,
  type Answer,
  type Flow,
} from "./sign-in.ts";

type Parameters = Readonly<Record<string, string>>;

export type SrpStart = {
  readonly username: string;
  readonly a: string;
  /** Rounds of custom challenges before this one. */
  readonly custom?: Pick<SessionRow, "rounds" | "custom"> | undefined;
};

/** For a user who is not there the answer looks as for any other, where the client does not tell. */
export function passwordVerifier(flow: Flow, { username, a, custom }: SrpStart): Answer {
  if (isBadValue(a)) throw invalidParameter("SRP_A is not a valid value.");
  const user = userIfAny(flow, username);
  if (user === undefined && !hidesUsers(flow)) throw noSuchUser(flow);
  if (user !== undefined) checkLock(flow, user);
  const { pool, context } = flow;
  const verifier = user?.password ?? nobodys(flow, username);
  const b = Buffer.from(context.ids.bytes(32)).toString("hex");
  const handle = newSession(flow, {
    username,
    user: user?.password === undefined ? undefined : nameKey(pool, user.username),
    challenge: "PASSWORD_VERIFIER",
    srp: { a, b, verifier, poolName: identityOf(pool, "").poolName },
    ...custom,
  });
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ...(custom === undefined ? {} : { Session: handle }),
    ChallengeParameters: {
      SALT: verifier.salt,
      SECRET_BLOCK: Buffer.from(handle).toString("base64"),
      SRP_B: publicValue(b, verifier),
      USERNAME: user?.username ?? username,
      USER_ID_FOR_SRP: user?.username ?? username,
    },
  };
}

/** The same at every try. */
function nobodys({ pool }: Flow, username: string): Verifier {
  const salt = createHash("sha256").update(`${pool.id}${username}`).digest("hex").slice(0, 32);
  return verifierOf(identityOf(pool, username), salt, salt);
}

/** The session that the secret block stands for. */
export function handleOf(responses: Parameters): string {
  return Buffer.from(required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "base64").toString();
}

export function claimOf(responses: Parameters): Claim {
  return {
    signature: required(responses, "PASSWORD_CLAIM_SIGNATURE"),
    secretBlock: required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"),
    timestamp: required(responses, "TIMESTAMP"),
  };
}

/** Throws unless the client knows the password. */
export function proveClaim(flow: Flow, handle: string, session: SessionRow, responses: Parameters): UserRow {
  const claim = claimOf(responses);
  endSession(flow, handle);
  const user = flow.store.users.get(keyIn(flow.pool, session.user ?? ""));
  if (session.user === undefined || user === undefined || session.srp === undefined) throw wrongPassword();
  checkLock(flow, user);
  if (!isClaim(session.srp, identityOf(flow.pool, user.username), claim)) {
    countFailure(flow, user);
    throw wrongPassword();
  }
  checkState(flow, user);
  return user;
}
