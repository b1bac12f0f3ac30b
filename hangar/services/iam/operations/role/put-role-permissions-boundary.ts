// Sets the permissions boundary of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html

import type { PutRolePermissionsBoundaryInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { checkPolicyArn, policyExists } from "../../rules/attachments.ts";
import { putRole, roleNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const putRolePermissionsBoundary = operation<PutRolePermissionsBoundaryInput, void>((input, context) => {
  const role = roleNamed(context, input.RoleName);
  checkPolicyArn(input.PermissionsBoundary);
  if (!policyExists(context, input.PermissionsBoundary))
    throw noSuchEntity(`Policy ${input.PermissionsBoundary} does not exist or is not attachable.`);
  putRole(context, { ...role, boundary: input.PermissionsBoundary });
});
