// API Gateway's operations on accounts, by API name.

import { getAccount } from "../operations/account/get-account.ts";
import { updateAccount } from "../operations/account/update-account.ts";

export const accountOperations = {
  GetAccount: getAccount,
  UpdateAccount: updateAccount,
};
