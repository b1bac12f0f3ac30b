// Tells an object's tags.

import type { GetObjectTaggingInput, GetObjectTaggingOutput } from "../../../../models/s3.d.ts";
import { objectAt, shownVersion } from "../../engine/versions.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = operation<GetObjectTaggingInput, GetObjectTaggingOutput>((input, context) => {
  const found = findBucket(input, context);
  const object = objectAt(found, input);
  return { ...shownVersion(found, object), TagSet: object.tags ?? [] };
});
