// Where the code goes that lets a user choose another password. https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html

import { invalidParameter, notAuthorized } from "../errors.ts";
import type { PoolRow, UserRow } from "../store.ts";
import type { Medium } from "./messages.ts";

const MEDIUMS: Readonly<Record<string, readonly [string, Medium]>> = {
  verified_email: ["email", "EMAIL"],
  verified_phone_number: ["phone_number", "SMS"],
};
const USUAL = [
  { Priority: 1, Name: "verified_phone_number" },
  { Priority: 2, Name: "verified_email" },
];

/** The first way of the pool for which the user has a verified address. */
export function recoveryAddress(
  { settings }: PoolRow,
  { attributes }: UserRow,
): { readonly medium: Medium; readonly destination: string } {
  const ways = settings.AccountRecoverySetting?.RecoveryMechanisms ?? USUAL;
  if (ways.some(({ Name }) => Name === "admin_only")) throw notAuthorized("Contact administrator to reset password.");
  for (const { Name } of ways.toSorted((a, b) => a.Priority - b.Priority)) {
    const [attribute, medium] = MEDIUMS[Name] ?? [];
    const destination = attributes[attribute ?? ""] ?? "";
    if (medium !== undefined && destination !== "" && attributes[`${attribute}_verified`] === "true")
      return { medium, destination };
  }
  throw invalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");
}
