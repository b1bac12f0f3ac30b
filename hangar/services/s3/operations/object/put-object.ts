// Writes an object in one request.

import type { PutObjectInput, PutObjectOutput } from "../../../../models/s3.d.ts";
import { announce } from "../../engine/announce.ts";
import { checkLockDigest, takeIn } from "../../engine/intake.ts";
import { beginEncryption, encryptionMembers } from "../../engine/secrets.ts";
import { traitsOf } from "../../engine/traits.ts";
import { current, shownVersion, write } from "../../engine/versions.ts";
import { notImplemented } from "../../errors.ts";
import { checksumMembers } from "../../rules/checksums.ts";
import { checkWrite, checkWriteForm } from "../../rules/conditions.ts";
import { expiration } from "../../rules/describe.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { operation } from "../../store.ts";

const byDefault = (chosen: string | undefined) => (chosen === undefined ? (["CRC64NVME"] as const) : []);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = operation<PutObjectInput, PutObjectOutput>(async (input, context) => {
  const found = findBucket(input, context);
  // Only directory buckets append and rename.
  if (input.WriteOffsetBytes !== undefined) throw notImplemented("x-amz-write-offset-bytes");
  if (context.request.headers["x-amz-rename-source"] !== undefined) throw notImplemented("x-amz-rename-source");
  checkWriteForm(input);
  const traits = traitsOf(context, found, input);
  checkLockDigest(context, input);
  if (input.IfNoneMatch !== undefined || input.IfMatch !== undefined)
    checkWrite(current(found, input.Key), input.Key, input);
  const { encryption, secret } = await beginEncryption(context, { bucket: found.bucket, key: input.Key }, input);
  const taken = await takeIn(context, input, secret, byDefault);
  const checksum = taken.chosen ?? {
    algorithm: "CRC64NVME",
    value: taken.checksums.get("CRC64NVME") ?? "",
    type: "FULL_OBJECT",
  };
  // While the body came in, the bucket may have changed and others may have written.
  const now = findBucket(input, context);
  if (input.IfNoneMatch !== undefined || input.IfMatch !== undefined)
    checkWrite(current(now, input.Key), input.Key, input);
  const { segment, md5 } = taken;
  const etag = encryption.kind === "AES256" ? md5 : context.ids.hex(32);
  const version = write(context, now, input.Key, {
    ...traits,
    size: segment.size,
    etag,
    segments: [segment],
    checksum,
    encryption,
  });
  announce(context, now, version, { event: "ObjectCreated:Put", reason: "PutObject" });
  return {
    ETag: `"${etag}"`,
    ...checksumMembers(checksum),
    ...encryptionMembers(encryption),
    ...(now.bucket.versioning === "Enabled" ? shownVersion(now, version) : undefined),
    ...expiration(now.bucket, version),
  };
});
