// Takes a user's authenticator app away, as an administrator. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html

import type {
  AdminDeleteSoftwareTokenInput,
  AdminDeleteSoftwareTokenOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { saveUser } from "../../engine/users.ts";
import { withPreference } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const adminDeleteSoftwareToken = operation<AdminDeleteSoftwareTokenInput, AdminDeleteSoftwareTokenOutput>(
  ({ UserPoolId, Username }, context) => {
    const { user, ...place } = findUser(findPool(context, UserPoolId), Username);
    const without = withPreference(user, place.pool, { SoftwareTokenMfaSettings: { Enabled: false } });
    saveUser(place, { ...without, totp: undefined, totpOffered: undefined, modified: context.clock.now() });
    return {};
  },
);
