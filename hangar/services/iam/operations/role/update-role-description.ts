// Changes a role's description. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html

import type { UpdateRoleDescriptionInput, UpdateRoleDescriptionOutput } from "../../../../models/iam.d.ts";
import { roleSummary } from "../../rules/answers.ts";
import { putRole, roleNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const updateRoleDescription = operation<UpdateRoleDescriptionInput, UpdateRoleDescriptionOutput>(
  (input, context) => {
    const role = { ...roleNamed(context, input.RoleName), Description: input.Description };
    putRole(context, role);
    return { Role: roleSummary(role) };
  },
);
