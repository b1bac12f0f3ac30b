// Changes a role's description and the longest session it gives. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html

import type { UpdateRoleInput, UpdateRoleOutput } from "../../../../models/iam.d.ts";
import { putRole, roleNamed } from "../../rules/holders.ts";
import { modifiableRole } from "../../rules/roles.ts";
import { operation } from "../../store.ts";

export const updateRole = operation<UpdateRoleInput, UpdateRoleOutput>((input, context) => {
  // The description of a service-linked role is the account's to edit.
  const find = input.MaxSessionDuration === undefined ? roleNamed : modifiableRole;
  const role = find(context, input.RoleName);
  putRole(context, {
    ...role,
    Description: input.Description ?? role.Description,
    MaxSessionDuration: input.MaxSessionDuration ?? role.MaxSessionDuration,
  });
  return {};
});
