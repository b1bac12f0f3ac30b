// Sets an object's tags.

import type { PutObjectTaggingInput, PutObjectTaggingOutput } from "../../../../models/s3.d.ts";
import { announce } from "../../engine/announce.ts";
import { begunAgain } from "../../engine/replication.ts";
import { amend, amendableAt, shownVersion } from "../../engine/versions.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { checkTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging = operation<PutObjectTaggingInput, PutObjectTaggingOutput>((input, context) => {
  const found = findBucket(input, context);
  const object = amendableAt(found, input, "PUT");
  const tags = checkTags(input.Tagging.TagSet ?? [], 10);
  const tagged = amend(found, object, { tags, ...begunAgain(context, found.bucket, object) });
  announce(context, found, tagged, { event: "ObjectTagging:Put", sequenced: false });
  return shownVersion(found, object);
});
