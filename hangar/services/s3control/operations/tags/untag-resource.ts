// Removes tags from a bucket or an access point.

import type { UntagResourceRequest, UntagResourceResult } from "../../../../models/s3control.d.ts";
import { noSuchResource } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { checkResource } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UntagResource.html */
export const untagResource = operation<UntagResourceRequest, UntagResourceResult>(async (input, context) => {
  checkAccount(input, context);
  const { ports } = context;
  const tags = await ports.storage.tags(checkResource(input.ResourceArn));
  if (tags === undefined) throw noSuchResource();
  const kept = tags.filter(({ Key: key }) => !input.TagKeys.includes(key) || key.startsWith("aws:"));
  await ports.storage.setTags(input.ResourceArn, kept);
  return {};
});
