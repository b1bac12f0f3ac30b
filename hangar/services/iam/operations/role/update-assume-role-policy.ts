// Says anew who may assume a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html

import type { UpdateAssumeRolePolicyInput } from "../../../../models/iam.d.ts";
import { putRole } from "../../rules/holders.ts";
import { checkTrust, modifiableRole } from "../../rules/roles.ts";
import { operation } from "../../store.ts";

export const updateAssumeRolePolicy = operation<UpdateAssumeRolePolicyInput, void>((input, context) => {
  const role = modifiableRole(context, input.RoleName);
  checkTrust(context, input.PolicyDocument);
  putRole(context, { ...role, trust: input.PolicyDocument });
});
