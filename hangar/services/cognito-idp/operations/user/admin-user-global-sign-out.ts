// Ends all of a user's sign-ins. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html

import type { AdminUserGlobalSignOutInput, AdminUserGlobalSignOutOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { signOutEverywhere } from "../../engine/revoke.ts";
import { operation } from "../../store.ts";

export const adminUserGlobalSignOut = operation<AdminUserGlobalSignOutInput, AdminUserGlobalSignOutOutput>(
  ({ UserPoolId, Username }, context) => {
    const { user, ...place } = findUser(findPool(context, UserPoolId), Username);
    signOutEverywhere(place, user);
    return {};
  },
);
