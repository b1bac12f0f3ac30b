// Changes a user's password for the console. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html

import type { UpdateLoginProfileInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { putUser, userNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const updateLoginProfile = operation<UpdateLoginProfileInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  if (user.login === undefined) throw noSuchEntity(`Login Profile for User ${user.UserName} cannot be found.`);
  putUser(context, {
    ...user,
    login: { ...user.login, resetRequired: input.PasswordResetRequired ?? user.login.resetRequired },
  });
});
