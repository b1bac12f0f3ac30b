// Makes users, whoever asks for them: checks, the PreSignUp function, and the row.

import { usernameExists } from "../errors.ts";
import { checkAttributes, type Attributes } from "../rules/attributes.ts";
import { checkPassword } from "../rules/password.ts";
import { newName } from "../rules/usernames.ts";
import { keyIn, nameKey, type ClientRow, type Place, type UserRow, type UserStatus } from "../store.ts";
import { newVerifier } from "./passwords.ts";
import { runTrigger, toldAttributes, withMetadata, type Metadata } from "./triggers.ts";
import { claimAliases } from "./users.ts";

export type NewUser = {
  readonly name: string;
  readonly password: string | undefined;
  readonly attributes: Attributes;
  readonly validationData?: Attributes | undefined;
  readonly status: UserStatus;
  /** Absent for administrators. */
  readonly client?: ClientRow | undefined;
  readonly metadata?: Metadata;
  readonly source: string;
  readonly exists: string;
  readonly force?: boolean | undefined;
};

/** Not yet kept: its aliases are its own. */
export async function makeUser(place: Place, asked: NewUser): Promise<UserRow> {
  const { pool, store, context } = place;
  const { status, password, client } = asked;
  const sub = context.ids.uuid();
  const name = newName(pool, asked.name, sub);
  const attributes = { ...asked.attributes, ...name.attributes };
  if (client === undefined) checkAttributes(attributes, { pool });
  else {
    checkAttributes(asked.attributes, {
      pool: { ...pool, schema: withoutRequired(pool.schema, name.attributes) },
      client,
    });
    checkAttributes(attributes, { pool });
  }
  if (password !== undefined) checkPassword(pool, password);
  if (store.users.has(keyIn(pool, nameKey(pool, name.username)))) throw usernameExists(asked.exists);
  const now = context.clock.now();
  const user: UserRow = {
    username: name.username,
    sub,
    attributes: verifiedFlags(attributes),
    status,
    enabled: true,
    created: now,
    modified: now,
    ...(password === undefined ? {} : { password: newVerifier(place, name.username, password) }),
    passwordHistory: [],
    ...(status === "FORCE_CHANGE_PASSWORD" ? { temporarySince: now } : {}),
    mfa: { sms: false, email: false, software: false },
  };
  claimAliases(place, user, asked.force);
  return preSignUp(place, user, asked);
}

/** The name stands for the attribute. */
function withoutRequired(schema: Place["pool"]["schema"], given: Attributes): Place["pool"]["schema"] {
  return schema.map((each) => (given[each.Name ?? ""] === undefined ? each : { ...each, Required: false }));
}

function verifiedFlags(attributes: Attributes): Attributes {
  const flags = ["email", "phone_number"].flatMap((name) =>
    attributes[name] === undefined ? [] : [[`${name}_verified`, attributes[`${name}_verified`] ?? "false"]],
  );
  return { ...attributes, ...(Object.fromEntries(flags) as Attributes) };
}

/** The function is told of what was given. */
function withoutFlags(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => !name.endsWith("_verified") || value === "true"),
  );
}

async function preSignUp(
  place: Place,
  user: UserRow,
  { client, metadata, source, validationData }: NewUser,
): Promise<UserRow> {
  const answer = await runTrigger(place, {
    trigger: "PreSignUp",
    source,
    username: user.username,
    client: client?.id,
    request: {
      userAttributes: withoutFlags(user.attributes),
      validationData: validationData ?? null,
      ...withMetadata(metadata),
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if (answer === undefined) return user;
  const confirmed = answer["autoConfirmUser"] === true && user.status === "UNCONFIRMED";
  const attributes = {
    ...user.attributes,
    ...(answer["autoVerifyEmail"] === true && user.attributes["email"] !== undefined ? { email_verified: "true" } : {}),
    ...(answer["autoVerifyPhone"] === true && user.attributes["phone_number"] !== undefined
      ? { phone_number_verified: "true" }
      : {}),
  };
  const changed: UserRow = { ...user, attributes, status: confirmed ? "CONFIRMED" : user.status };
  claimAliases(place, changed);
  return changed;
}

export async function postConfirmation(
  place: Place,
  user: UserRow,
  {
    source,
    client,
    metadata,
  }: { readonly source: string; readonly client?: string | undefined; readonly metadata?: Metadata },
): Promise<void> {
  await runTrigger(place, {
    trigger: "PostConfirmation",
    source: `PostConfirmation_${source}`,
    username: user.username,
    client,
    request: {
      userAttributes: toldAttributes(user),
      ...withMetadata(metadata),
    },
    response: {},
  });
}
