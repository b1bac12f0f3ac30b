// A signed-in user sets which second factors they are asked for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html

import type { SetUserMFAPreferenceInput, SetUserMFAPreferenceOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { saveUser } from "../../engine/users.ts";
import { notEmulated } from "../../errors.ts";
import { withPreference } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const setUserMfaPreference = operation<SetUserMFAPreferenceInput, SetUserMFAPreferenceOutput>(
  async (input, context) => {
    if (input.WebAuthnMfaSettings !== undefined)
      throw notEmulated("passkeys of single users as a second factor (WebAuthnMfaSettings)");
    const { user, ...place } = await authenticated(context, input.AccessToken);
    saveUser(place, { ...withPreference(user, place.pool, input), modified: context.clock.now() });
    return {};
  },
);
