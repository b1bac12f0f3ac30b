// Custom sign-ins: the pool's functions say what is asked, ask it, and judge the answers.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html

import { badLambdaAnswer, invalidParameter, wrongPassword } from "../errors.ts";
import { keyIn, nameKey, type ChallengeRound, type SessionRow, type UserRow } from "../store.ts";
import { userIfAny } from "./find.ts";
import { endSession, newSession } from "./sessions.ts";
import { secondFactor } from "./mfa.ts";
import { withDevice } from "./device-sign-in.ts";
import { checkLock, checkState, hidesUsers, noSuchUser, required, type Answer, type Flow } from "./sign-in.ts";
import { passwordVerifier } from "./srp-sign-in.ts";
import { runTrigger, toldAttributes, triggerOf, withMetadata } from "./triggers.ts";

type Parameters = Readonly<Record<string, string>>;
type Rounds = readonly ChallengeRound[];
type Who = {
  readonly username: string;
  readonly user: UserRow | undefined;
  readonly rounds: Rounds;
  readonly a?: string | undefined;
};

export async function startCustom(flow: Flow, parameters: Parameters): Promise<Answer> {
  const username = required(parameters, "USERNAME");
  const user = userIfAny(flow, username);
  if (user === undefined && !hidesUsers(flow)) throw noSuchUser(flow);
  if (user !== undefined) {
    checkLock(flow, user);
    checkState(flow, user);
  }
  const srp = parameters["CHALLENGE_NAME"] === "SRP_A";
  const rounds: Rounds = srp ? [{ challengeName: "SRP_A", challengeResult: true }] : [];
  return next(flow, { username, user, rounds, a: srp ? required(parameters, "SRP_A") : undefined });
}

/** What the functions want next. */
export async function next(flow: Flow, { username, user, rounds, a }: Who): Promise<Answer> {
  if (triggerOf(flow.pool, "DefineAuthChallenge") === undefined)
    throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  const decided = await runTrigger(flow, {
    trigger: "DefineAuthChallenge",
    source: "DefineAuthChallenge_Authentication",
    username: user?.username ?? username,
    client: flow.client.id,
    request: { ...asked(flow, user), session: rounds },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
  if (decided?.["failAuthentication"] === true) throw wrongPassword();
  if (decided?.["issueTokens"] === true) {
    if (user === undefined) throw wrongPassword();
    return withDevice(flow, user);
  }
  switch (decided?.["challengeName"]) {
    case "CUSTOM_CHALLENGE":
      return create(flow, { username, user, rounds });
    case "PASSWORD_VERIFIER":
      if (a === undefined) throw badLambdaAnswer("PASSWORD_VERIFIER needs SRP_A first.");
      return passwordVerifier(flow, { username, a, custom: { rounds, custom: true } });
    case "SMS_MFA":
    case "SOFTWARE_TOKEN_MFA":
      if (user === undefined) throw wrongPassword();
      return secondFactor(flow, user);
    default:
      throw badLambdaAnswer();
  }
}

function asked({ metadata }: Flow, user: UserRow | undefined): object {
  return {
    userAttributes: user === undefined ? {} : toldAttributes(user),
    ...(user === undefined ? { userNotFound: true } : {}),
    ...withMetadata(metadata),
  };
}

async function create(flow: Flow, { username, user, rounds }: Who): Promise<Answer> {
  const made = await runTrigger(flow, {
    trigger: "CreateAuthChallenge",
    source: "CreateAuthChallenge_Authentication",
    username: user?.username ?? username,
    client: flow.client.id,
    request: { ...asked(flow, user), challengeName: "CUSTOM_CHALLENGE", session: rounds },
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  });
  if (made === undefined) throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  const metadata = made["challengeMetadata"];
  const session = newSession(flow, {
    username,
    user: user === undefined ? undefined : nameKey(flow.pool, user.username),
    challenge: "CUSTOM_CHALLENGE",
    rounds,
    custom: true,
    privateParameters: textsOf(made["privateChallengeParameters"]),
    metadata: typeof metadata === "string" ? metadata : undefined,
  });
  return {
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: session,
    ChallengeParameters: { USERNAME: user?.username ?? username, ...textsOf(made["publicChallengeParameters"]) },
  };
}

function textsOf(value: unknown): Parameters {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw badLambdaAnswer();
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}

export async function answerCustom(flow: Flow, handle: string, session: SessionRow, answer: string): Promise<Answer> {
  endSession(flow, handle);
  const user = session.user === undefined ? undefined : flow.store.users.get(keyIn(flow.pool, session.user));
  const judged = await runTrigger(flow, {
    trigger: "VerifyAuthChallengeResponse",
    source: "VerifyAuthChallengeResponse_Authentication",
    username: user?.username ?? session.username,
    client: flow.client.id,
    request: {
      ...asked(flow, user),
      privateChallengeParameters: session.privateParameters ?? {},
      challengeAnswer: answer,
    },
    response: { answerCorrect: null },
  });
  if (judged === undefined) throw invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  const round: ChallengeRound = {
    challengeName: "CUSTOM_CHALLENGE",
    challengeResult: judged["answerCorrect"] === true,
    challengeMetadata: session.metadata,
  };
  return next(flow, { username: session.username, user, rounds: [...(session.rounds ?? []), round] });
}
