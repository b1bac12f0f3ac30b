// Removes tags from a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html

import type { UntagRoleInput } from "../../../../models/iam.d.ts";
import { putRole, roleNamed } from "../../rules/holders.ts";
import { withoutTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const untagRole = operation<UntagRoleInput, void>((input, context) => {
  const role = roleNamed(context, input.RoleName);
  putRole(context, { ...role, tags: withoutTags(role.tags, input.TagKeys) });
});
