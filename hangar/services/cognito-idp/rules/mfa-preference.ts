// Which second factors a user has, and which is asked for first.

import { invalidParameter } from "../errors.ts";
import type { MfaPreference, PoolRow, UserRow } from "../store.ts";

type Setting = { readonly Enabled?: boolean | undefined; readonly PreferredMfa?: boolean | undefined };

export type Settings = {
  readonly SMSMfaSettings?: Setting | undefined;
  readonly EmailMfaSettings?: Setting | undefined;
  readonly SoftwareTokenMfaSettings?: Setting | undefined;
};

type Factor = NonNullable<MfaPreference["preferred"]>;

const FACTORS = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] as const satisfies readonly Factor[];

const MEMBERS = { SMS_MFA: "sms", SOFTWARE_TOKEN_MFA: "software", EMAIL_OTP: "email" } as const;

export function factorsOf({ mfa }: UserRow): readonly Factor[] {
  return FACTORS.filter((factor) => mfa[MEMBERS[factor]]);
}

export function mfaOf(user: UserRow): { PreferredMfaSetting?: string; UserMFASettingList?: string[] } {
  const factors = factorsOf(user);
  return {
    ...(user.mfa.preferred === undefined ? {} : { PreferredMfaSetting: user.mfa.preferred }),
    ...(factors.length === 0 ? {} : { UserMFASettingList: [...factors] }),
  };
}

type SmsOption = { readonly DeliveryMedium?: string | undefined; readonly AttributeName?: string | undefined };

/** What SetUserSettings says: text messages to the phone, or nothing. */
export function smsSettings(options: readonly SmsOption[]): Settings {
  for (const { DeliveryMedium, AttributeName } of options)
    if (DeliveryMedium !== "SMS" || AttributeName !== "phone_number")
      throw invalidParameter("MFAOptions must be SMS to the attribute phone_number.");
  return { SMSMfaSettings: { Enabled: options.length > 0 } };
}

/** A factor must be one the user can be asked for; only one is preferred. */
export function withPreference(user: UserRow, pool: PoolRow, settings: Settings): UserRow {
  const given: readonly (readonly [Factor, Setting | undefined])[] = [
    ["SMS_MFA", settings.SMSMfaSettings],
    ["EMAIL_OTP", settings.EmailMfaSettings],
    ["SOFTWARE_TOKEN_MFA", settings.SoftwareTokenMfaSettings],
  ];
  if (given.filter(([, setting]) => setting?.PreferredMfa === true).length > 1)
    throw invalidParameter("Only one MFA can be set as preferred.");
  let mfa = user.mfa;
  for (const [factor, setting] of given) {
    if (setting === undefined) continue;
    const on = setting.Enabled === true;
    if (on) checkPossible(factor, user, pool);
    if (setting.PreferredMfa === true && !on) throw invalidParameter(`${factor} must be enabled to be preferred.`);
    mfa = { ...mfa, [MEMBERS[factor]]: on };
    if (setting.PreferredMfa === true) mfa = { ...mfa, preferred: factor };
    else if (mfa.preferred === factor) mfa = { ...mfa, preferred: undefined };
  }
  return { ...user, mfa };
}

function checkPossible(factor: Factor, user: UserRow, pool: PoolRow): void {
  if (factor === "SOFTWARE_TOKEN_MFA" && user.totp === undefined)
    throw invalidParameter("User has not verified software token mfa");
  if (factor === "SMS_MFA" && (user.attributes["phone_number"] ?? "") === "")
    throw invalidParameter("User does not have delivery config set to turn on SMS_MFA");
  if (factor === "EMAIL_OTP" && pool.emailMfa === undefined)
    throw invalidParameter("Email MFA is not enabled for this user pool");
  if (factor === "EMAIL_OTP" && (user.attributes["email"] ?? "") === "")
    throw invalidParameter("User does not have delivery config set to turn on EMAIL_OTP");
}
