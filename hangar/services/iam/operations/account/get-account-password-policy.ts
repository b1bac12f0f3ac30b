// Gives the rules for passwords. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html

import type { GetAccountPasswordPolicyInput, GetAccountPasswordPolicyOutput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { accountStore, operation } from "../../store.ts";

export const getAccountPasswordPolicy = operation<GetAccountPasswordPolicyInput, GetAccountPasswordPolicyOutput>(
  (_input, context) => {
    const policy: Partial<GetAccountPasswordPolicyOutput["PasswordPolicy"]> | undefined =
      accountStore(context).account.get("account")?.passwordPolicy;
    if (policy === undefined)
      throw noSuchEntity(`The Password Policy with domain name ${context.account} cannot be found.`);
    return {
      PasswordPolicy: {
        MinimumPasswordLength: policy.MinimumPasswordLength ?? 6,
        RequireSymbols: policy.RequireSymbols ?? false,
        RequireNumbers: policy.RequireNumbers ?? false,
        RequireUppercaseCharacters: policy.RequireUppercaseCharacters ?? false,
        RequireLowercaseCharacters: policy.RequireLowercaseCharacters ?? false,
        AllowUsersToChangePassword: policy.AllowUsersToChangePassword ?? false,
        ExpirePasswords: (policy.MaxPasswordAge ?? 0) > 0,
        ...(policy.MaxPasswordAge === undefined ? {} : { MaxPasswordAge: policy.MaxPasswordAge }),
        ...(policy.PasswordReusePrevention === undefined
          ? {}
          : { PasswordReusePrevention: policy.PasswordReusePrevention }),
        ...(policy.HardExpiry === undefined ? {} : { HardExpiry: policy.HardExpiry }),
      },
    };
  },
);
