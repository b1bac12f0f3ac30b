// Lists the tags of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html

import type { ListRoleTagsInput, ListRoleTagsOutput } from "../../../../models/iam.d.ts";
import { roleNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listRoleTags = operation<ListRoleTagsInput, ListRoleTagsOutput>((input, context) => {
  const { items, facts } = pageOf(roleNamed(context, input.RoleName).tags, input);
  return { Tags: items, ...facts };
});
