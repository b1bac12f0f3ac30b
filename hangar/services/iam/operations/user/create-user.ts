// Creates a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html

import type { CreateUserInput, CreateUserOutput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { userAnswer } from "../../rules/answers.ts";
import { checkBoundary } from "../../rules/attachments.ts";
import { entityArn } from "../../rules/entity-arn.ts";
import { putUser } from "../../rules/holders.ts";
import { checkedTags } from "../../rules/tags.ts";
import { accountStore, nameKey, type User, operation } from "../../store.ts";

export const createUser = operation<CreateUserInput, CreateUserOutput>((input, context) => {
  const { UserName, Path = "/", PermissionsBoundary } = input;
  if (accountStore(context).users.has(nameKey(UserName)))
    throw entityAlreadyExists(`User with name ${UserName} already exists.`);
  if (PermissionsBoundary !== undefined) checkBoundary(context, PermissionsBoundary);
  const user: User = {
    UserName,
    UserId: `AIDA${context.ids.upper(17)}`,
    Path,
    Arn: entityArn(context.account, "user", Path, UserName),
    created: context.clock.seconds() * 1000,
    tags: checkedTags(input.Tags),
    inline: {},
    attached: [],
    groups: [],
    boundary: PermissionsBoundary,
  };
  putUser(context, user);
  return { User: userAnswer(user) };
});
