// A signed-in user leaves. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html

import type { DeleteUserInput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { removeUser } from "../../engine/users.ts";
import { operation } from "../../store.ts";

export const deleteUser = operation<DeleteUserInput, Record<string, never>>(async ({ AccessToken }, context) => {
  const { user, ...place } = await authenticated(context, AccessToken);
  removeUser(place, user);
  return {};
});
