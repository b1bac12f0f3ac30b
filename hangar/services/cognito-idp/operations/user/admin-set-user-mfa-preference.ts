// Sets which second factors a user is asked for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html

import type {
  AdminSetUserMFAPreferenceInput,
  AdminSetUserMFAPreferenceOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { saveUser } from "../../engine/users.ts";
import { notEmulated } from "../../errors.ts";
import { withPreference } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const adminSetUserMfaPreference = operation<AdminSetUserMFAPreferenceInput, AdminSetUserMFAPreferenceOutput>(
  (input, context) => {
    if (input.WebAuthnMfaSettings !== undefined)
      throw notEmulated("passkeys of single users as a second factor (WebAuthnMfaSettings)");
    const { user, ...place } = findUser(findPool(context, input.UserPoolId), input.Username);
    saveUser(place, { ...withPreference(user, place.pool, input), modified: context.clock.now() });
    return {};
  },
);
