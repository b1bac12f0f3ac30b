// The operations of IAM on the account, by API name.

import { createAccountAlias } from "../operations/account/create-account-alias.ts";
import { deleteAccountAlias } from "../operations/account/delete-account-alias.ts";
import { deleteAccountPasswordPolicy } from "../operations/account/delete-account-password-policy.ts";
import { getAccountAuthorizationDetails } from "../operations/account/get-account-authorization-details.ts";
import { getAccountPasswordPolicy } from "../operations/account/get-account-password-policy.ts";
import { getAccountSummary } from "../operations/account/get-account-summary.ts";
import { listAccountAliases } from "../operations/account/list-account-aliases.ts";
import { updateAccountPasswordPolicy } from "../operations/account/update-account-password-policy.ts";

export const accountOperations = {
  CreateAccountAlias: createAccountAlias,
  DeleteAccountAlias: deleteAccountAlias,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  GetAccountSummary: getAccountSummary,
  ListAccountAliases: listAccountAliases,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
};
