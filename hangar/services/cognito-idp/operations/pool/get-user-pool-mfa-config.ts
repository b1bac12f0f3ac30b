// Shows a pool's multi-factor settings. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html

import type { GetUserPoolMfaConfigInput, GetUserPoolMfaConfigOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { mfaDescription } from "../../rules/mfa-settings.ts";
import { operation } from "../../store.ts";

export const getUserPoolMfaConfig = operation<GetUserPoolMfaConfigInput, GetUserPoolMfaConfigOutput>((input, context) =>
  mfaDescription(findPool(context, input.UserPoolId).pool),
);
