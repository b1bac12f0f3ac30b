// Lets a disabled user sign in again. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html

import type { AdminEnableUserInput, AdminEnableUserOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { saveUser } from "../../engine/users.ts";
import { operation } from "../../store.ts";

export const adminEnableUser = operation<AdminEnableUserInput, AdminEnableUserOutput>(
  ({ UserPoolId, Username }, context) => {
    const { user, ...place } = findUser(findPool(context, UserPoolId), Username);
    saveUser(place, { ...user, enabled: true, modified: context.clock.now() });
    return {};
  },
);
