// Changes a user's attributes, and sends codes where new addresses are to be verified.

import type { CodeDeliveryDetailsType } from "../../../models/cognito-idp.d.ts";
import { checkAttributes, type Attributes } from "../rules/attributes.ts";
import type { ClientRow, Place, UserRow } from "../store.ts";
import { sendCode } from "./codes.ts";
import type { Medium } from "./messages.ts";
import type { Metadata } from "./triggers.ts";
import { claimAliases, saveUser } from "./users.ts";

export type Change = {
  readonly given: Attributes;
  /** Absent for administrators. */
  readonly client?: ClientRow | undefined;
  readonly metadata?: Metadata;
};

const ADDRESSES: readonly (readonly [string, Medium])[] = [
  ["email", "EMAIL"],
  ["phone_number", "SMS"],
];

export async function changeAttributes(
  place: Place,
  user: UserRow,
  { given, client, metadata }: Change,
): Promise<readonly CodeDeliveryDetailsType[]> {
  const { pool, context } = place;
  checkAttributes(given, { pool, user, client });
  const waits = pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  const attributes = { ...user.attributes, ...given };
  const pending = { ...user.pending };
  const asked: (readonly [string, Medium, string])[] = [];
  for (const [name, medium] of ADDRESSES) {
    const value = given[name];
    if (value === undefined || value === user.attributes[name] || given[`${name}_verified`] === "true") continue;
    if (waits.includes(name) && value !== "") {
      pending[name] = value;
      restore(attributes, user.attributes, name);
    } else attributes[`${name}_verified`] = "false";
    const auto = pool.settings.AutoVerifiedAttributes ?? [];
    if (value !== "" && (auto.includes(name) || waits.includes(name))) asked.push([name, medium, value]);
  }
  const changed: UserRow = { ...user, attributes: withoutEmpty(attributes), pending, modified: context.clock.now() };
  claimAliases(place, changed);
  saveUser(place, changed);
  const sent: CodeDeliveryDetailsType[] = [];
  for (const [name, medium, destination] of asked)
    sent.push(
      await sendCode(place, changed, {
        purpose: `verify:${name}`,
        kind: "UpdateUserAttribute",
        medium,
        destination,
        client: client?.id,
        metadata,
      }),
    );
  return sent;
}

function restore(attributes: Record<string, string>, before: Attributes, name: string): void {
  const value = before[name];
  if (value === undefined) delete attributes[name];
  else attributes[name] = value;
}

/** An attribute that is set to nothing is gone. */
function withoutEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => value !== "" && attributes[name.replace(/_verified$/, "")] !== "",
    ),
  );
}
