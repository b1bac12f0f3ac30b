// Sets the rules for passwords. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html

import type { UpdateAccountPasswordPolicyInput } from "../../../../models/iam.d.ts";
import { accountStore, operation } from "../../store.ts";

export const updateAccountPasswordPolicy = operation<UpdateAccountPasswordPolicyInput, void>((input, context) => {
  const { account } = accountStore(context);
  account.put("account", { ...account.get("account"), passwordPolicy: { ...input } });
});
