// Renames a user or moves it to another path. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html

import type { UpdateUserInput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { ownKeys, putKey } from "../../rules/access-keys.ts";
import { entityArn } from "../../rules/entity-arn.ts";
import { putUser, userNamed } from "../../rules/holders.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const updateUser = operation<UpdateUserInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  const store = accountStore(context);
  const UserName = input.NewUserName ?? user.UserName;
  const Path = input.NewPath ?? user.Path;
  if (nameKey(UserName) !== nameKey(user.UserName) && store.users.has(nameKey(UserName)))
    throw entityAlreadyExists(`User with name ${UserName} already exists.`);
  store.users.delete(nameKey(user.UserName));
  putUser(context, { ...user, UserName, Path, Arn: entityArn(context.account, "user", Path, UserName) });
  for (const key of ownKeys(context, user.UserName)) putKey(context, { ...key, userName: UserName });
});
