// What all ways to sign in share: who is asked for, the functions before and after, and the tokens at the end.

import type { InitiateAuthResponse } from "../../../models/cognito-idp.d.ts";
import {
  invalidParameter,
  notAuthorized,
  passwordResetRequired,
  userNotConfirmed,
  userNotFound,
  wrongPassword,
} from "../errors.ts";
import { passwordPolicy } from "../rules/password.ts";
import { nameKey, type ClientPlace, type SignInRow, type UserRow } from "../store.ts";
import type { DeviceKeys } from "../rules/device.ts";
import { deviceAtSignIn, type DeviceAtSignIn } from "./devices.ts";
import { hasPassword } from "./passwords.ts";
import { issue, newRefreshToken, newSignIn } from "./tokens.ts";
import { validityOf } from "../rules/client-settings.ts";
import { newSession } from "./sessions.ts";
import { runTrigger, toldAttributes, withMetadata, type Metadata } from "./triggers.ts";
import { saveUser } from "./users.ts";

/** A sign-in under way. */
export type Flow = ClientPlace & {
  readonly metadata?: Metadata;
  /** Of the hosted pages: a browser is signed in, tokens come later. */
  readonly hosted?: true | undefined;
  /** The key of the device that the client says it is. */
  readonly device?: string | undefined;
};

/** On hosted pages the user, once all is proved. */
export type Answer = InitiateAuthResponse & { readonly user?: UserRow | undefined };

export function hidesUsers({ client }: ClientPlace): boolean {
  return client.settings.PreventUserExistenceErrors === "ENABLED";
}

/** What to say of a user who is not there. */
export function noSuchUser(flow: ClientPlace): Error {
  return hidesUsers(flow) ? wrongPassword() : userNotFound();
}

export function required(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

export async function preAuthentication(flow: Flow, username: string, user: UserRow | undefined): Promise<void> {
  if (user === undefined && !hidesUsers(flow)) return;
  await runTrigger(flow, {
    trigger: "PreAuthentication",
    source: "PreAuthentication_Authentication",
    username: user?.username ?? username,
    client: flow.client.id,
    request: {
      userAttributes: user === undefined ? {} : toldAttributes(user),
      validationData: flow.metadata ?? null,
      ...(user === undefined ? { userNotFound: true } : {}),
    },
    response: {},
  });
}

/** Five failures, then a second, doubled with each further one up to a quarter of an hour. */
const FREE_FAILURES = 5;
const LONGEST = 900_000;

export function checkLock({ context }: Flow, user: UserRow): void {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const { count = 0, until = 0 } = user.failures ?? {};
  if (count >= FREE_FAILURES && until > context.clock.now()) throw notAuthorized("Password attempts exceeded");
}

export function countFailure(flow: Flow, user: UserRow): void {
  const count = (user.failures?.count ?? 0) + 1;
  const wait = count < FREE_FAILURES ? 0 : Math.min(1000 * 2 ** (count - FREE_FAILURES), LONGEST);
  saveUser(flow, { ...user, failures: { count, until: flow.context.clock.now() + wait } });
}

export function checkUsersPassword(flow: Flow, user: UserRow, password: string): void {
  checkLock(flow, user);
  if (hasPassword(flow, user, password)) return;
  countFailure(flow, user);
  throw wrongPassword();
}

/** The password was right; whether the user may go on with it. */
export function checkState({ pool, context }: Flow, user: UserRow): void {
  if (user.status === "UNCONFIRMED") throw userNotConfirmed();
  if (user.status === "RESET_REQUIRED") throw passwordResetRequired();
  if (user.status !== "FORCE_CHANGE_PASSWORD" || user.temporarySince === undefined) return;
  const days = passwordPolicy(pool).TemporaryPasswordValidityDays;
  if (context.clock.now() - user.temporarySince > days * 86_400_000)
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
}

export function newPasswordRequired(flow: Flow, user: UserRow): Answer {
  const session = newSession(flow, {
    username: user.username,
    user: nameKey(flow.pool, user.username),
    challenge: "NEW_PASSWORD_REQUIRED",
  });
  const missing = flow.pool.schema.filter(
    ({ Name = "", Required }) => Required === true && Name !== "sub" && (user.attributes[Name] ?? "") === "",
  );
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map(({ Name }) => `userAttributes.${Name}`)),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}

/** All factors are proved: the last function is asked, then there are tokens. */
export async function finish(flow: Flow, user: UserRow, source = "TokenGeneration_Authentication"): Promise<Answer> {
  checkLock(flow, user);
  const device = flow.hosted === true ? undefined : deviceAtSignIn(flow, user);
  const signedIn = user.failures === undefined ? user : saveUser(flow, { ...user, failures: undefined });
  await runTrigger(flow, {
    trigger: "PostAuthentication",
    source: "PostAuthentication_Authentication",
    username: user.username,
    client: flow.client.id,
    request: {
      userAttributes: toldAttributes(user),
      newDeviceUsed: device?.isNew === true,
      ...withMetadata(flow.metadata),
    },
    response: {},
  });
  if (flow.hosted === true) return { user: signedIn };
  const signIn = newSignIn(flow, signedIn, { device: keysOf(device) });
  const result = await issue(flow, { user: signedIn, signIn, source, metadata: flow.metadata });
  const RefreshToken = refreshTokenOf(flow, signIn);
  const AuthenticationResult = { ...result, RefreshToken };
  if (device?.isNew !== true) return { ChallengeParameters: {}, AuthenticationResult };
  const NewDeviceMetadata = { DeviceKey: device.key, DeviceGroupKey: device.group };
  return { ChallengeParameters: {}, AuthenticationResult: { ...AuthenticationResult, NewDeviceMetadata } };
}

function keysOf(device: DeviceAtSignIn | undefined): DeviceKeys | undefined {
  return device === undefined ? undefined : { key: device.key, group: device.group };
}

export function refreshTokenOf(place: ClientPlace, signIn: SignInRow): string {
  const { pool, client } = place;
  const expires = signIn.at + validityOf(client, "RefreshToken") * 1000;
  return newRefreshToken(place, { signIn: signIn.id, pool: pool.id, user: signIn.user, expires });
}
