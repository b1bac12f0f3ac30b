// Puts an object that is at rest under a KMS key: its data, ETag and date stay what they are.

import type { UpdateObjectEncryptionInput, UpdateObjectEncryptionOutput } from "../../../../models/s3.d.ts";
import { readBody, receiveCopy } from "../../engine/body.ts";
import { beginEncryption, secretOf } from "../../engine/secrets.ts";
import { amend, objectAt } from "../../engine/versions.ts";
import { invalidObjectState, invalidRequest, malformedXml } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation, type Segment } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html */
export const updateObjectEncryption = operation<UpdateObjectEncryptionInput, UpdateObjectEncryptionOutput>(
  async (input, context) => {
    const found = findBucket(input, context);
    const wanted = input.ObjectEncryption.SSEKMS;
    if (wanted === undefined) throw malformedXml();
    const object = objectAt(found, input, "PUT");
    const { encryption: old, storageClass } = object;
    if (old.kind !== "AES256" && old.kind !== "aws:kms")
      throw invalidRequest("The encryption type of the object cannot be updated.");
    if (storageClass === "GLACIER" || storageClass === "DEEP_ARCHIVE") throw invalidObjectState(storageClass);
    const secret = await secretOf(context, old, {});
    const made = await beginEncryption(
      context,
      { bucket: found.bucket, key: input.Key },
      {
        ServerSideEncryption: "aws:kms",
        SSEKMSKeyId: wanted.KMSKeyArn,
        BucketKeyEnabled: wanted.BucketKeyEnabled ?? false,
      },
    );
    const segments: Segment[] = [];
    for (const segment of object.segments) {
      const body = readBody(context.blobs, [segment], secret, { start: 0, end: segment.size });
      segments.push(
        (await receiveCopy(context, body, { secret: made.secret, wanted: [], length: segment.size })).segment,
      );
    }
    const now = objectAt(findBucket(input, context), { ...input, VersionId: input.VersionId });
    // Written anew in the meantime: that write has an encryption of its own.
    if (now.order === object.order && now.segments === object.segments)
      amend(found, now, { encryption: made.encryption, segments });
    return {};
  },
);
