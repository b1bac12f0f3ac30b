// Sets the role that API Gateway logs with. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAccount.html

import type { Account, UpdateAccountInput, UpdateAccountOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { accountOf } from "../../rules/account.ts";
import { applyPatch, without, type PatchRules } from "../../rules/patch.ts";
import { operation } from "../../store.ts";

const patches: PatchRules<Account> = {
  "/cloudwatchRoleArn": {
    ops: ["replace", "remove"],
    apply(row, { op, value }) {
      if (op === "remove" || value === "") return without(row, "cloudwatchRoleArn");
      if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(value))
        throw badRequest(
          "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
        );
      return { ...row, cloudwatchRoleArn: value };
    },
  },
  "/features": { ops: ["add"], apply: (row) => row },
};

export const updateAccount = operation<UpdateAccountInput, UpdateAccountOutput>((input, { store }) => {
  const row = applyPatch(accountOf(store), input.patchOperations, patches);
  store.accounts.put("account", row);
  return row;
});
