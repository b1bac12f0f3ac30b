// Says who calls. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html

import type { GetCallerIdentityInput, GetCallerIdentityOutput } from "../../../models/sts.d.ts";
import { operation } from "../store.ts";

export const getCallerIdentity = operation<GetCallerIdentityInput, GetCallerIdentityOutput>((_input, { caller }) => ({
  UserId: caller.userId,
  Account: caller.account,
  Arn: caller.arn,
}));
