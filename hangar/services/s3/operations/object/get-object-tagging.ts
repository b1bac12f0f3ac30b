// Tells an object's tags.

import type { GetObjectTaggingInput, GetObjectTaggingOutput } from "../../../../models/s3.d.ts";
import { amendableAt, locate, shownVersion } from "../../engine/versions.ts";
import { noSuchKey } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = operation<GetObjectTaggingInput, GetObjectTaggingOutput>((input, context) => {
  const found = findBucket(input, context);
  // Of a missing object this operation alone names the bucket too.
  const { Key: key, VersionId: version } = input;
  if (version === undefined && locate(found, key, version) === undefined) throw noSuchKey(`${input.Bucket}/${key}`);
  const object = amendableAt(found, input, "GET");
  return { ...shownVersion(found, object), TagSet: object.tags ?? [] };
});
