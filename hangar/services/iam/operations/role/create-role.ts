// Creates a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html

import type { CreateRoleInput, CreateRoleOutput } from "../../../../models/iam.d.ts";
import { validationError } from "../../errors.ts";
import { newRoleAnswer } from "../../rules/answers.ts";
import { newRole } from "../../rules/roles.ts";
import { checkedTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const createRole = operation<CreateRoleInput, CreateRoleOutput>((input, context) => {
  const { RoleName, Path = "/", AssumeRolePolicyDocument, PermissionsBoundary } = input;
  if (Path.startsWith("/aws-service-role/"))
    throw validationError("The path of the role is reserved: /aws-service-role/");
  const role = newRole(context, {
    RoleName,
    Path,
    trust: AssumeRolePolicyDocument,
    Description: input.Description,
    MaxSessionDuration: input.MaxSessionDuration ?? 3600,
    boundary: PermissionsBoundary,
    tags: checkedTags(input.Tags),
  });
  const shown = newRoleAnswer(role);
  return {
    Role: {
      ...shown,
      ...(role.Description === undefined ? {} : { Description: role.Description }),
      ...(input.MaxSessionDuration === undefined ? {} : { MaxSessionDuration: role.MaxSessionDuration }),
    },
  };
});
