// Takes a user's password for the console away. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html

import type { DeleteLoginProfileInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { putUser, userOrCaller } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const deleteLoginProfile = operation<DeleteLoginProfileInput, void>((input, context) => {
  const user = userOrCaller(context, input.UserName);
  if (user.login === undefined) throw noSuchEntity(`Login Profile for User ${user.UserName} cannot be found.`);
  putUser(context, { ...user, login: undefined });
});
