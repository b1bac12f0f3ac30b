// Says whether a user has a password for the console. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html

import type { GetLoginProfileInput, GetLoginProfileOutput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { userOrCaller } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const getLoginProfile = operation<GetLoginProfileInput, GetLoginProfileOutput>((input, context) => {
  const user = userOrCaller(context, input.UserName);
  if (user.login === undefined) throw noSuchEntity(`Login Profile for User ${user.UserName} cannot be found.`);
  return {
    LoginProfile: {
      UserName: user.UserName,
      CreateDate: new Date(user.login.created),
      PasswordResetRequired: user.login.resetRequired,
    },
  };
});
