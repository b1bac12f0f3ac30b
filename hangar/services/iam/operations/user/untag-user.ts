// Removes tags from a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html

import type { UntagUserInput } from "../../../../models/iam.d.ts";
import { putUser, userNamed } from "../../rules/holders.ts";
import { withoutTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const untagUser = operation<UntagUserInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  putUser(context, { ...user, tags: withoutTags(user.tags, input.TagKeys) });
});
