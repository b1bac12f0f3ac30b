// Sets a bucket's tags.

import type { PutBucketTaggingInput } from "../../../../models/s3.d.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { checkTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging = operation<PutBucketTaggingInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const system = context.caller.via === "cloudformation.amazonaws.com";
  const given = checkTags(input.Tagging.TagSet ?? [], 50, system);
  // AWS's own tags stay whatever the owner sets.
  const kept = system ? [] : (found.bucket.tags ?? []).filter((tag) => tag.Key.startsWith("aws:"));
  const tags = [...given, ...kept];
  change(found, { tags: tags.length === 0 ? undefined : tags });
  return {};
});
