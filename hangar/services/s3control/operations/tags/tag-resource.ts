// Adds tags to a bucket or an access point.

import type { TagResourceRequest, TagResourceResult } from "../../../../models/s3control.d.ts";
import { noSuchResource } from "../../errors.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { checkResource, checkTags, withTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html */
export const tagResource = operation<TagResourceRequest, TagResourceResult>(async (input, context) => {
  checkAccount(input, context);
  const { ports } = context;
  const given = checkTags(input.Tags);
  const tags = await ports.storage.tags(checkResource(input.ResourceArn));
  if (tags === undefined) throw noSuchResource();
  await ports.storage.setTags(input.ResourceArn, withTags(tags, given));
  return {};
});
