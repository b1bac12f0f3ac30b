// Deletes a user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html

import type { AdminDeleteUserInput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { removeUser } from "../../engine/users.ts";
import { operation } from "../../store.ts";

export const adminDeleteUser = operation<AdminDeleteUserInput, Record<string, never>>(
  ({ UserPoolId, Username }, context) => {
    const place = findPool(context, UserPoolId);
    removeUser(place, findUser(place, Username).user);
    return {};
  },
);
