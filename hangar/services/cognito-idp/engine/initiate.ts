// Begins a sign-in by the way that is asked for, where the app client allows it.

import type { InitiateAuthRequest } from "../../../models/cognito-idp.d.ts";
import { invalidParameter } from "../errors.ts";
import { firstFactors } from "../rules/auth-factors.ts";
import { nameKey, type ClientPlace, type UserRow } from "../store.ts";
import { startCustom } from "./custom-sign-in.ts";
import { userIfAny } from "./find.ts";
import { afterFirstFactor, challenge } from "./mfa.ts";
import { migrated } from "./migration.ts";
import { askPasskey } from "./passkeys.ts";
import { refresh } from "./refresh.ts";
import { checkSecretHash } from "./secret-hash.ts";
import { endSession, newSession } from "./sessions.ts";
import {
  checkState,
  checkUsersPassword,
  noSuchUser,
  preAuthentication,
  required,
  type Answer,
  type Flow,
} from "./sign-in.ts";
import { checkSignUpSession } from "./sign-up-session.ts";
import { passwordVerifier } from "./srp-sign-in.ts";

type Parameters = Readonly<Record<string, string>>;

export type Initiating = Pick<InitiateAuthRequest, "AuthFlow" | "AuthParameters" | "ClientMetadata" | "Session"> & {
  readonly admin: boolean;
};

const ONLY_ADMIN = new Set(["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]);

/** What a client must allow for a flow, by its present and its old name; `always` where old settings do not forbid it. */
const NEEDS: Readonly<Record<string, { readonly now: string; readonly old?: string; readonly refusal: string }>> = {
  USER_SRP_AUTH: { now: "ALLOW_USER_SRP_AUTH", refusal: "USER_SRP_AUTH is not enabled for the client." },
  USER_PASSWORD_AUTH: {
    now: "ALLOW_USER_PASSWORD_AUTH",
    old: "USER_PASSWORD_AUTH",
    refusal: "USER_PASSWORD_AUTH flow not enabled for this client",
  },
  ADMIN_USER_PASSWORD_AUTH: {
    now: "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    old: "ADMIN_NO_SRP_AUTH",
    refusal: "Auth flow not enabled for this client",
  },
  ADMIN_NO_SRP_AUTH: {
    now: "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    old: "ADMIN_NO_SRP_AUTH",
    refusal: "Auth flow not enabled for this client",
  },
  CUSTOM_AUTH: { now: "ALLOW_CUSTOM_AUTH", refusal: "CUSTOM_AUTH is not enabled for the client." },
  USER_AUTH: { now: "ALLOW_USER_AUTH", old: "", refusal: "USER_AUTH flow not enabled for this client" },
  REFRESH_TOKEN_AUTH: { now: "ALLOW_REFRESH_TOKEN_AUTH", refusal: "Auth flow not enabled for this client" },
  REFRESH_TOKEN: { now: "ALLOW_REFRESH_TOKEN_AUTH", refusal: "Auth flow not enabled for this client" },
};

function checkFlow({ client }: ClientPlace, flow: string): void {
  const need = NEEDS[flow];
  if (need === undefined) throw invalidParameter("Initiate Auth method not supported.");
  const allowed = client.settings.ExplicitAuthFlows ?? [];
  if (allowed.includes(need.now)) return;
  const old = !allowed.some((each) => each.startsWith("ALLOW_"));
  const customOnly = allowed.includes("CUSTOM_AUTH_FLOW_ONLY") && flow === "USER_SRP_AUTH";
  if (old && !customOnly && (need.old === undefined || allowed.includes(need.old))) return;
  throw invalidParameter(need.refusal);
}

export async function initiate(place: ClientPlace, input: Initiating): Promise<Answer> {
  const { AuthFlow, AuthParameters: parameters = {}, ClientMetadata, admin } = input;
  if (input.Session !== undefined && AuthFlow !== "USER_AUTH")
    throw invalidParameter("Session is only supported for the USER_AUTH flow.");
  if (ONLY_ADMIN.has(AuthFlow) && !admin) throw invalidParameter("Initiate Auth method not supported.");
  if (AuthFlow === "USER_PASSWORD_AUTH" && admin) throw invalidParameter("Initiate Auth method not supported.");
  checkFlow(place, AuthFlow);
  const flow: Flow = { ...place, metadata: ClientMetadata, device: parameters["DEVICE_KEY"] };
  if (AuthFlow.startsWith("REFRESH_TOKEN")) return refresh(flow, parameters);
  const username = required(parameters, "USERNAME");
  checkSecretHash(place.client, username, parameters["SECRET_HASH"]);
  switch (AuthFlow) {
    case "USER_SRP_AUTH": {
      const a = required(parameters, "SRP_A");
      await preAuthentication(flow, username, userIfAny(flow, username));
      return passwordVerifier(flow, { username, a });
    }
    case "CUSTOM_AUTH":
      return startCustom(flow, parameters);
    case "USER_AUTH":
      return input.Session === undefined
        ? choose(flow, username, parameters)
        : afterSignUp(flow, username, input.Session);
    default:
      return withPassword(flow, username, required(parameters, "PASSWORD"));
  }
}

export async function withPassword(flow: Flow, username: string, password: string): Promise<Answer> {
  const known = userIfAny(flow, username);
  const user = known ?? (await broughtIn(flow, username, password));
  await preAuthentication(flow, username, user);
  if (user === undefined) throw noSuchUser(flow);
  if (known !== undefined) checkUsersPassword(flow, user, password);
  checkState(flow, user);
  return afterFirstFactor(flow, user);
}

function broughtIn(flow: Flow, name: string, password: string): Promise<UserRow | undefined> {
  return migrated(flow, { name, password, source: "Authentication", metadata: flow.metadata });
}

/** Whoever confirmed their sign-up a moment ago is signed in with that. */
async function afterSignUp(flow: Flow, username: string, session: string): Promise<Answer> {
  const user = userIfAny(flow, username);
  await preAuthentication(flow, username, user);
  if (user === undefined) throw noSuchUser(flow);
  checkSignUpSession(flow, user, session, "SIGNED_UP");
  endSession(flow, session);
  checkState(flow, user);
  return afterFirstFactor(flow, user);
}

/** The user chooses among the factors that the pool allows first. */
async function choose(flow: Flow, username: string, parameters: Parameters): Promise<Answer> {
  const user = userIfAny(flow, username);
  await preAuthentication(flow, username, user);
  if (user === undefined) throw noSuchUser(flow);
  const preferred = parameters["PREFERRED_CHALLENGE"];
  const factors = firstFactors(flow.pool, user).flatMap((factor) =>
    factor === "PASSWORD" ? ["PASSWORD", "PASSWORD_SRP"] : [factor],
  );
  if (preferred !== undefined && factors.includes(preferred)) {
    if (preferred !== "PASSWORD" || parameters["PASSWORD"] !== undefined)
      return chosen(flow, user, { ...parameters, ANSWER: preferred });
  }
  const session = newSession(flow, {
    username,
    user: nameKey(flow.pool, user.username),
    challenge: "SELECT_CHALLENGE",
    choices: factors,
  });
  return {
    ChallengeName: "SELECT_CHALLENGE",
    Session: session,
    ChallengeParameters: { USERNAME: username },
    AvailableChallenges: factors,
  };
}

export async function chosen(flow: Flow, user: UserRow, parameters: Parameters): Promise<Answer> {
  switch (parameters["ANSWER"]) {
    case "PASSWORD":
      checkUsersPassword(flow, user, required(parameters, "PASSWORD"));
      checkState(flow, user);
      return afterFirstFactor(flow, user);
    case "PASSWORD_SRP":
      return passwordVerifier(flow, { username: user.username, a: required(parameters, "SRP_A") });
    case "WEB_AUTHN":
      checkState(flow, user);
      return askPasskey(flow, user);
    default:
      checkState(flow, user);
      return challenge(flow, user, required(parameters, "ANSWER"));
  }
}
