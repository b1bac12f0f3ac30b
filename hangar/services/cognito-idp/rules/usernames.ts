// What names new users may have, by the way a pool lets users sign in.

import { invalidParameter } from "../errors.ts";
import type { PoolRow } from "../store.ts";
import { isEmail, isPhone, type Attributes } from "./attributes.ts";

export type NewName = {
  /** What the user is called; in pools where addresses are names, the user's `sub`. */
  readonly username: string;
  /** The address as an attribute. */
  readonly attributes: Attributes;
};

export function newName({ settings }: PoolRow, given: string, sub: string): NewName {
  const names = settings.UsernameAttributes ?? [];
  if (names.length === 0) {
    const aliases = settings.AliasAttributes ?? [];
    if (aliases.includes("email") && isEmail(given))
      throw invalidParameter("Username cannot be of email format, since user pool is configured for email alias.");
    if (aliases.includes("phone_number") && isPhone(given))
      throw invalidParameter(
        "Username cannot be of phone number format, since user pool is configured for phone number alias.",
      );
    return {
      username: settings.UsernameConfiguration?.CaseSensitive === false ? given.toLowerCase() : given,
      attributes: {},
    };
  }
  if (names.includes("email") && isEmail(given)) return { username: sub, attributes: { email: given } };
  if (names.includes("phone_number") && isPhone(given)) return { username: sub, attributes: { phone_number: given } };
  if (names.length > 1) throw invalidParameter("Username should be either an email or a phone number.");
  throw invalidParameter(
    names.includes("email") ? "Username should be an email." : "Username should be a phone number.",
  );
}
