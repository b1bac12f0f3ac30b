// Removes tags from a secret. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html

import type { UntagResourceInput } from "../../../models/secretsmanager.d.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const untagResource = operation<UntagResourceInput, void>((input, context) => {
  const secret = liveSecret(context, input.SecretId);
  putSecret(context, { ...secret, tags: secret.tags.filter((tag) => !input.TagKeys.includes(tag.Key)) });
});
