// Sets a user's password, for good or as a temporary one. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html

import type { AdminSetUserPasswordInput, AdminSetUserPasswordOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { withPassword } from "../../engine/passwords.ts";
import { saveUser } from "../../engine/users.ts";
import { operation } from "../../store.ts";

export const adminSetUserPassword = operation<AdminSetUserPasswordInput, AdminSetUserPasswordOutput>(
  ({ UserPoolId, Username, Password, Permanent }, context) => {
    const { user, ...place } = findUser(findPool(context, UserPoolId), Username);
    const changed = withPassword(place, user, Password);
    saveUser(
      place,
      Permanent === true
        ? { ...changed, status: "CONFIRMED" }
        : { ...changed, status: "FORCE_CHANGE_PASSWORD", temporarySince: context.clock.now() },
    );
    return {};
  },
);
