// Tells whether an object is under a legal hold.

import type { GetObjectLegalHoldInput, GetObjectLegalHoldOutput } from "../../../../models/s3.d.ts";
import { objectAt } from "../../engine/versions.ts";
import { invalidRequest, noConfiguration } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold = operation<GetObjectLegalHoldInput, GetObjectLegalHoldOutput>((input, context) => {
  const found = findBucket(input, context);
  if (found.bucket.objectLock === undefined) throw invalidRequest("Bucket is missing Object Lock Configuration");
  const status = objectAt(found, input).lock?.legalHold;
  if (status === undefined) {
    throw noConfiguration(
      "NoSuchObjectLockConfiguration",
      "The specified object does not have a ObjectLock configuration",
    );
  }
  return { LegalHold: { Status: status } };
});
