// Puts an object under a legal hold, or lifts it.

import type { PutObjectLegalHoldInput, PutObjectLegalHoldOutput } from "../../../../models/s3.d.ts";
import { begunAgain } from "../../engine/replication.ts";
import { amend, objectAt } from "../../engine/versions.ts";
import { invalidRequest, malformedXml } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold = operation<PutObjectLegalHoldInput, PutObjectLegalHoldOutput>((input, context) => {
  const found = findBucket(input, context);
  const status = input.LegalHold?.Status;
  if (status !== "ON" && status !== "OFF") throw malformedXml();
  if (found.bucket.objectLock === undefined) throw invalidRequest("Bucket is missing Object Lock Configuration");
  const object = objectAt(found, input, "PUT");
  amend(found, object, {
    lock: { ...object.lock, legalHold: status },
    ...begunAgain(context, found.bucket, object),
  });
  return {};
});
