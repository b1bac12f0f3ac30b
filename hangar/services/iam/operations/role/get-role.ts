// Describes a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html

import type { GetRoleInput, GetRoleOutput } from "../../../../models/iam.d.ts";
import { roleAnswer } from "../../rules/answers.ts";
import { roleNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const getRole = operation<GetRoleInput, GetRoleOutput>((input, context) => {
  return { Role: roleAnswer(roleNamed(context, input.RoleName)) };
});
