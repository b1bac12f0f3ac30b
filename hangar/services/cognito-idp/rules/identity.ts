// The identities of a user at external providers, which the attribute `identities` keeps as text.

import { parsedJson } from "../../../kernel/parsed-json.ts";
import type { UserRow } from "../store.ts";

export type Identity = {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: string | null;
  /** Whether the user came to be by it. */
  readonly primary: "true" | "false";
  /** Milliseconds, as text. */
  readonly dateCreated: string;
};

export const IDENTITIES = "identities";

export function identitiesOf({ attributes }: Pick<UserRow, "attributes">): readonly Identity[] {
  return (parsedJson(attributes[IDENTITIES] ?? "[]") as readonly Identity[] | undefined) ?? [];
}

export function withIdentities(user: UserRow, identities: readonly Identity[]): UserRow {
  const { [IDENTITIES]: _before, ...attributes } = user.attributes;
  if (identities.length === 0) return { ...user, attributes };
  return { ...user, attributes: { ...attributes, [IDENTITIES]: JSON.stringify(identities) } };
}
