// Turns versioning on, or suspends it.

import type { PutBucketVersioningInput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { accessDenied, malformedXml, s3Error } from "../../errors.ts";
import { change, findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning = operation<PutBucketVersioningInput, Record<string, never>>((input, context) => {
  const found = findBucket(input, context);
  const { Status: status, MFADelete } = input.VersioningConfiguration;
  // An element without text is none.
  const mfaDelete = MFADelete === "" ? undefined : MFADelete;
  if (status === undefined || status === "")
    throw s3Error("IllegalVersioningConfigurationException", "The Versioning element must be specified");
  if (status !== "Enabled" && status !== "Suspended") throw malformedXml();
  if (mfaDelete !== undefined && mfaDelete !== "Enabled" && mfaDelete !== "Disabled") throw malformedXml();
  if (mfaDelete === "Enabled") {
    if (input.MFA === undefined) throw accessDenied("Mfa Authentication must be used for this request");
    throw notEmulated("MFA devices, which MFA delete needs (VersioningConfiguration.MFADelete)");
  }
  if (status === "Suspended" && found.bucket.objectLock !== undefined) {
    const message =
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.";
    throw s3Error("InvalidBucketState", message, 409);
  }
  if (status === "Suspended" && found.bucket.replication !== undefined) {
    const message = "A replication configuration is present on this bucket, so the versioning state cannot be changed.";
    throw s3Error("InvalidBucketState", message, 409);
  }
  change(found, { versioning: status, ...(mfaDelete === undefined ? {} : { mfaDelete }) });
  return {};
});
