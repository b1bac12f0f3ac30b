// A signed-in user turns codes by text message on or off: the older call. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html

import type { SetUserSettingsInput, SetUserSettingsOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { saveUser } from "../../engine/users.ts";
import { smsSettings, withPreference } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const setUserSettings = operation<SetUserSettingsInput, SetUserSettingsOutput>(async (input, context) => {
  const { user, ...place } = await authenticated(context, input.AccessToken);
  const changed = withPreference(user, place.pool, smsSettings(input.MFAOptions));
  saveUser(place, { ...changed, modified: context.clock.now() });
  return {};
});
