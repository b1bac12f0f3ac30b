// Users whom a function brings from elsewhere when they first sign in or forgot their password.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html

import { AwsError } from "../../../kernel/aws-error.ts";
import { badLambdaAnswer, userNotFound, wrongPassword } from "../errors.ts";
import type { ClientPlace, UserRow } from "../store.ts";
import { send } from "./messages.ts";
import { makeUser } from "./new-user.ts";
import { newVerifier } from "./passwords.ts";
import { hidesUsers } from "./sign-in.ts";
import { temporaryPassword } from "../rules/password.ts";
import {
  runTrigger,
  triggerOf,
  withMetadata,
  type Metadata,
  type TriggerAnswer,
  type TriggerEvent,
} from "./triggers.ts";
import { claimAliases, saveUser } from "./users.ts";

export type Migrating = {
  readonly name: string;
  readonly source: "Authentication" | "ForgotPassword";
  readonly password?: string | undefined;
  readonly metadata?: Metadata;
};

/** Undefined where the pool has no such function. */
export async function migrated(place: ClientPlace, asked: Migrating): Promise<UserRow | undefined> {
  if (triggerOf(place.pool, "UserMigration") === undefined) return undefined;
  const { name, source, password, metadata } = asked;
  const answer = await asking(place, {
    trigger: "UserMigration",
    source: `UserMigration_${source}`,
    username: name,
    client: place.client.id,
    request: { password: password ?? null, validationData: metadata ?? null, ...withMetadata(metadata) },
    response: {
      userAttributes: null,
      forceAliasCreation: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
      enableSMSMFA: null,
    },
  });
  return answer === undefined ? undefined : keep(place, asked, answer);
}

/** Whatever the function has against it, the user is not there. */
async function asking(place: ClientPlace, event: TriggerEvent): Promise<TriggerAnswer | undefined> {
  try {
    return await runTrigger(place, event);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw hidesUsers(place)
      ? wrongPassword()
      : userNotFound(`Exception migrating user in app client ${place.client.id}`);
  }
}

async function keep(
  place: ClientPlace,
  { name, password, source }: Migrating,
  answer: TriggerAnswer,
): Promise<UserRow> {
  const given = answer["userAttributes"];
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw badLambdaAnswer();
  const { username: _name, ...attributes } = Object.fromEntries(
    Object.entries(given).map(([attribute, value]) => [attribute, String(value)]),
  );
  const confirmed = answer["finalUserStatus"] === "CONFIRMED";
  const made = await makeUser(
    { ...place, pool: withoutTrigger(place) },
    {
      name,
      password: undefined,
      attributes,
      status: confirmed ? "CONFIRMED" : "RESET_REQUIRED",
      source: "UserMigration",
      exists: "User already exists",
      force: answer["forceAliasCreation"] === true,
    },
  );
  const text =
    password ?? temporaryPassword(place.pool, (alphabet, length) => place.context.ids.text(alphabet, length));
  const user: UserRow = { ...made, password: newVerifier(place, made.username, text) };
  claimAliases(place, user, answer["forceAliasCreation"] === true);
  saveUser(place, user);
  const { email = "" } = user.attributes;
  if (source === "Authentication" && answer["messageAction"] !== "SUPPRESS" && email !== "" && !confirmed)
    await send(place, user, { kind: "AdminCreateUser", medium: "EMAIL", destination: email, code: "" });
  return user;
}

/** Who is brought in did not sign up. */
function withoutTrigger({ pool }: ClientPlace): ClientPlace["pool"] {
  const { PreSignUp: _function, ...others } = pool.settings.LambdaConfig ?? {};
  return { ...pool, settings: { ...pool.settings, LambdaConfig: others } };
}
