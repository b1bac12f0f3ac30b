// Turns a user's codes by text message on or off: the older call. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserSettings.html

import type { AdminSetUserSettingsInput, AdminSetUserSettingsOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { saveUser } from "../../engine/users.ts";
import { smsSettings, withPreference } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const adminSetUserSettings = operation<AdminSetUserSettingsInput, AdminSetUserSettingsOutput>(
  (input, context) => {
    const { user, ...place } = findUser(findPool(context, input.UserPoolId), input.Username);
    const changed = withPreference(user, place.pool, smsSettings(input.MFAOptions));
    saveUser(place, { ...changed, modified: context.clock.now() });
    return {};
  },
);
