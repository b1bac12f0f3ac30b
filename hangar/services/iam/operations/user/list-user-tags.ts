// Lists the tags of a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html

import type { ListUserTagsInput, ListUserTagsOutput } from "../../../../models/iam.d.ts";
import { userNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listUserTags = operation<ListUserTagsInput, ListUserTagsOutput>((input, context) => {
  const { items, facts } = pageOf(userNamed(context, input.UserName).tags, input);
  return { Tags: items, ...facts };
});
