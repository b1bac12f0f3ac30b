// Keeps a user from signing in, and ends what they are signed in to. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html

import type { AdminDisableUserInput, AdminDisableUserOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { signOutEverywhere } from "../../engine/revoke.ts";
import { saveUser } from "../../engine/users.ts";
import { operation } from "../../store.ts";

export const adminDisableUser = operation<AdminDisableUserInput, AdminDisableUserOutput>(
  ({ UserPoolId, Username }, context) => {
    const { user, ...place } = findUser(findPool(context, UserPoolId), Username);
    saveUser(place, { ...user, enabled: false, modified: context.clock.now() });
    signOutEverywhere(place, user);
    return {};
  },
);
