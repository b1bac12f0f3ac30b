// Gives a user a password for the console. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html

import type { CreateLoginProfileInput, CreateLoginProfileOutput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { putUser, userOrCaller } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const createLoginProfile = operation<CreateLoginProfileInput, CreateLoginProfileOutput>((input, context) => {
  const user = userOrCaller(context, input.UserName);
  if (user.login !== undefined) throw entityAlreadyExists(`Login Profile for user ${user.UserName} already exists.`);
  const login = { created: context.clock.seconds() * 1000, resetRequired: input.PasswordResetRequired ?? false };
  putUser(context, { ...user, login });
  return {
    LoginProfile: {
      UserName: user.UserName,
      CreateDate: new Date(login.created),
      PasswordResetRequired: login.resetRequired,
    },
  };
});
