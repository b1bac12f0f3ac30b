// Sets which second factors a pool has, and whether they are asked for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html

import type { SetUserPoolMfaConfigInput, SetUserPoolMfaConfigOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { checkMfa, mfaDescription } from "../../rules/mfa-settings.ts";
import { operation, type PoolRow } from "../../store.ts";

export const setUserPoolMfaConfig = operation<SetUserPoolMfaConfigInput, SetUserPoolMfaConfigOutput>(
  (input, context) => {
    const { pool, store } = findPool(context, input.UserPoolId);
    const { SmsConfiguration, SmsAuthenticationMessage } = input.SmsMfaConfiguration ?? {};
    const changed: PoolRow = {
      ...pool,
      modified: context.clock.now(),
      softwareTokens: input.SoftwareTokenMfaConfiguration?.Enabled ?? pool.softwareTokens,
      emailMfa: input.EmailMfaConfiguration ?? pool.emailMfa,
      webAuthn: input.WebAuthnConfiguration ?? pool.webAuthn,
      settings: {
        ...pool.settings,
        MfaConfiguration: input.MfaConfiguration ?? pool.settings.MfaConfiguration,
        ...(SmsConfiguration === undefined ? {} : { SmsConfiguration }),
        ...(SmsAuthenticationMessage === undefined ? {} : { SmsAuthenticationMessage }),
      },
    };
    checkMfa(changed);
    store.pools.put(pool.id, changed);
    return mfaDescription(changed);
  },
);
