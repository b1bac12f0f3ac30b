// Adds tags to a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html

import type { TagRoleInput } from "../../../../models/iam.d.ts";
import { putRole, roleNamed } from "../../rules/holders.ts";
import { mergedTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagRole = operation<TagRoleInput, void>((input, context) => {
  const role = roleNamed(context, input.RoleName);
  putRole(context, { ...role, tags: mergedTags(role.tags, input.Tags) });
});
