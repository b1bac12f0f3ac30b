// By which first factors a user can sign in, and which second ones they have.

import type { PoolRow, UserRow } from "../store.ts";
import { mfaOf } from "./mfa-preference.ts";
import { passkeyCounts } from "./passkey.ts";

/** What the pool allows and the user has, in AWS's words. */
export function firstFactors(pool: PoolRow, user: UserRow): readonly string[] {
  const allowed = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  return allowed.filter((factor) => {
    switch (factor) {
      case "PASSWORD":
        return user.password !== undefined;
      case "EMAIL_OTP":
        return (user.attributes["email"] ?? "") !== "";
      case "SMS_OTP":
        return (user.attributes["phone_number"] ?? "") !== "";
      case "WEB_AUTHN":
        return passkeyCounts(pool, user);
      default:
        return false;
    }
  });
}

/** Where the code of a factor goes; undefined for one without. */
export function authFactorAddress(
  { attributes }: UserRow,
  factor: string,
): { readonly medium: "SMS" | "EMAIL"; readonly destination: string } | undefined {
  if (factor === "SMS_MFA" || factor === "SMS_OTP")
    return { medium: "SMS", destination: attributes["phone_number"] ?? "" };
  return factor === "EMAIL_OTP" ? { medium: "EMAIL", destination: attributes["email"] ?? "" } : undefined;
}

export function authFactors(
  pool: PoolRow,
  user: UserRow,
): {
  Username: string;
  PreferredMfaSetting?: string;
  UserMFASettingList?: string[];
  ConfiguredUserAuthFactors: readonly string[];
} {
  return { Username: user.username, ...mfaOf(user), ConfiguredUserAuthFactors: firstFactors(pool, user) };
}
