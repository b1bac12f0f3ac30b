// Adds tags to a secret. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html

import type { TagResourceInput } from "../../../models/secretsmanager.d.ts";
import { invalidParameter } from "../errors.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const tagResource = operation<TagResourceInput, void>((input, context) => {
  const secret = liveSecret(context, input.SecretId);
  const added = input.Tags.map(({ Key = "", Value = "" }) => ({ Key, Value }));
  const tags = [...secret.tags.filter((tag) => !added.some((each) => each.Key === tag.Key)), ...added];
  if (tags.length > 50) throw invalidParameter("The number of tags exceeds 50.");
  putSecret(context, { ...secret, tags });
});
