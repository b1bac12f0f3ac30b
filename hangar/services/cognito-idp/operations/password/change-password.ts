// A signed-in user sets another password. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html

import type { ChangePasswordInput, ChangePasswordOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { withPassword } from "../../engine/passwords.ts";
import { checkUsersPassword } from "../../engine/sign-in.ts";
import { saveUser } from "../../engine/users.ts";
import { invalidParameter } from "../../errors.ts";
import { operation } from "../../store.ts";

export const changePassword = operation<ChangePasswordInput, ChangePasswordOutput>(async (input, context) => {
  const { user, ...place } = await authenticated(context, input.AccessToken);
  if (user.password !== undefined) {
    if (input.PreviousPassword === undefined) throw invalidParameter("Previous password is required.");
    checkUsersPassword(place, user, input.PreviousPassword);
  }
  saveUser(place, withPassword(place, user, input.ProposedPassword));
  return {};
});
