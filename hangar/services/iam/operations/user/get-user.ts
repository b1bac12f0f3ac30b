// Describes a user, by default the one that calls. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html

import type { GetUserInput, GetUserOutput } from "../../../../models/iam.d.ts";
import { userAnswer } from "../../rules/answers.ts";
import { userOrCaller } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const getUser = operation<GetUserInput, GetUserOutput>((input, context) => {
  if (input.UserName === undefined && context.caller.kind === "root") {
    // The account's owner: AWS shows it without path.
    const { account, arn } = context.caller;
    return { User: { UserId: account, Arn: arn, CreateDate: new Date(0) } as GetUserOutput["User"] };
  }
  return { User: userAnswer(userOrCaller(context, input.UserName)) };
});
