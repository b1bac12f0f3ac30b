// Describes the account's settings for API Gateway. https://docs.aws.amazon.com/apigateway/latest/api/API_GetAccount.html

import type { GetAccountInput, GetAccountOutput } from "../../../../models/apigateway.d.ts";
import { accountOf } from "../../rules/account.ts";
import { operation } from "../../store.ts";

export const getAccount = operation<GetAccountInput, GetAccountOutput>((_input, { store }) => accountOf(store));
