// Shows a user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html

import type { AdminGetUserInput, AdminGetUserOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { listed } from "../../rules/attributes.ts";
import { mfaOf } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const adminGetUser = operation<AdminGetUserInput, AdminGetUserOutput>(({ UserPoolId, Username }, context) => {
  const { user } = findUser(findPool(context, UserPoolId), Username);
  return {
    Username: user.username,
    UserAttributes: listed(user),
    UserCreateDate: new Date(user.created),
    UserLastModifiedDate: new Date(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
    ...mfaOf(user),
  };
});
