// Adds tags to a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html

import type { TagUserInput } from "../../../../models/iam.d.ts";
import { putUser, userNamed } from "../../rules/holders.ts";
import { mergedTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagUser = operation<TagUserInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  putUser(context, { ...user, tags: mergedTags(user.tags, input.Tags) });
});
