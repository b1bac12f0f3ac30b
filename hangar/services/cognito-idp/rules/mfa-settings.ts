// Whether a pool's multi-factor settings fit together, and how they are shown.

import type { GetUserPoolMfaConfigResponse } from "../../../models/cognito-idp.d.ts";
import { invalidParameter } from "../errors.ts";
import type { PoolRow } from "../store.ts";

/** A second factor that is asked for must be one the pool can send or check. */
export function checkMfa({ settings, softwareTokens, emailMfa }: PoolRow): void {
  const mode = settings.MfaConfiguration ?? "OFF";
  if (mode === "OFF" || softwareTokens || emailMfa !== undefined) return;
  if (settings.SmsConfiguration === undefined)
    throw invalidParameter(
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
}

export function mfaDescription({
  settings,
  softwareTokens,
  emailMfa,
  webAuthn,
}: PoolRow): GetUserPoolMfaConfigResponse {
  const { SmsConfiguration, SmsAuthenticationMessage, MfaConfiguration = "OFF" } = settings;
  return {
    ...(SmsConfiguration === undefined
      ? {}
      : {
          SmsMfaConfiguration: {
            SmsConfiguration,
            ...(SmsAuthenticationMessage === undefined ? {} : { SmsAuthenticationMessage }),
          },
        }),
    ...(softwareTokens ? { SoftwareTokenMfaConfiguration: { Enabled: true } } : {}),
    ...(emailMfa === undefined ? {} : { EmailMfaConfiguration: emailMfa }),
    ...(webAuthn === undefined ? {} : { WebAuthnConfiguration: webAuthn }),
    MfaConfiguration,
  };
}
