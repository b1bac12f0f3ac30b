// Removes the permissions boundary of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html

import type { DeleteRolePermissionsBoundaryInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { putRole, roleNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const deleteRolePermissionsBoundary = operation<DeleteRolePermissionsBoundaryInput, void>((input, context) => {
  const role = roleNamed(context, input.RoleName);
  if (role.boundary === undefined) throw noSuchEntity(`${input.RoleName} does not have a permission boundary.`);
  putRole(context, { ...role, boundary: undefined });
});
