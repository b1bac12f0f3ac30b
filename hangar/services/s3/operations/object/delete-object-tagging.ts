// Removes all tags of an object.

import type { DeleteObjectTaggingInput, DeleteObjectTaggingOutput } from "../../../../models/s3.d.ts";
import { announce } from "../../engine/announce.ts";
import { begunAgain } from "../../engine/replication.ts";
import { amend, amendableAt, shownVersion } from "../../engine/versions.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging = operation<DeleteObjectTaggingInput, DeleteObjectTaggingOutput>((input, context) => {
  const found = findBucket(input, context);
  const tagged = amendableAt(found, input, "DELETE");
  const object = amend(found, tagged, { tags: undefined, ...begunAgain(context, found.bucket, tagged) });
  announce(context, found, object, { event: "ObjectTagging:Delete", sequenced: false });
  return shownVersion(found, object);
});
