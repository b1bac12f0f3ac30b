// Begins a multipart upload.

import type { CreateMultipartUploadInput, CreateMultipartUploadOutput } from "../../../../models/s3.d.ts";
import { beginEncryption, encryptionMembers } from "../../engine/secrets.ts";
import { traitsOf } from "../../engine/traits.ts";
import { invalidRequest } from "../../errors.ts";
import { isAlgorithm } from "../../rules/checksums.ts";
import { findBucket, type Found } from "../../rules/find-bucket.ts";
import { abortion } from "../../rules/lifecycle.ts";
import { oldestFirst, sequenceOf } from "../../rules/version-order.ts";
import { objectKey, operation, versionKey, type ChecksumAlgorithm, type Context, type Upload } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload = operation<CreateMultipartUploadInput, CreateMultipartUploadOutput>(
  async (input, context) => {
    const found = findBucket(input, context);
    const checksum = checksumOf(input.ChecksumAlgorithm, input.ChecksumType);
    const traits = traitsOf(context, found, input);
    const { encryption } = await beginEncryption(context, { bucket: found.bucket, key: input.Key }, input);
    const now = context.clock.now();
    const upload: Upload = {
      id: nextId(context, found, input.Key),
      bucket: found.bucket.name,
      key: input.Key,
      initiated: now,
      initiator: context.caller.kind === "anonymous" ? found.bucket.account : context.caller.account,
      ...(["user", "role", "federated"].includes(context.caller.kind) ? { initiatorArn: context.caller.arn } : {}),
      traits: { ...traits, encryption },
      ...checksum,
    };
    found.store.uploads.put(versionKey(found.bucket.name, input.Key, upload.id), upload);
    return {
      Bucket: found.bucket.name,
      Key: input.Key,
      UploadId: upload.id,
      ...abortion(found.bucket, upload),
      ...encryptionMembers(encryption),
      ...(checksum.checksumAlgorithm === undefined
        ? {}
        : { ChecksumAlgorithm: checksum.checksumAlgorithm, ChecksumType: checksum.checksumType }),
    };
  },
);

/** Uploads of a key are listed in the order in which they began, those of the same millisecond, too. */
function nextId(context: Context, { bucket, store }: Found, key: string): string {
  const prefix = `${objectKey(bucket.name, key)}\u0000`;
  const newest = store.uploads.first({ prefix, reverse: true })?.[1];
  const after = newest === undefined ? 0 : sequenceOf(newest.id) + 1;
  return oldestFirst(Math.max(context.clock.now() * 1000, after)) + context.ids.alphanumeric(119);
}

type Chosen = { readonly checksumAlgorithm?: ChecksumAlgorithm; readonly checksumType?: "COMPOSITE" | "FULL_OBJECT" };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#Full-object-checksums */
function checksumOf(algorithm: string | undefined, type: string | undefined): Chosen {
  if (algorithm === undefined) {
    if (type === undefined) return {};
    throw invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
  }
  const name = algorithm.toUpperCase();
  if (!isAlgorithm(name)) {
    throw invalidRequest(
      "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]",
    );
  }
  const wanted = type?.toUpperCase() ?? (name === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  if (wanted !== "COMPOSITE" && wanted !== "FULL_OBJECT") {
    throw invalidRequest(`Value for x-amz-checksum-type header is invalid.`);
  }
  const fits = wanted === "FULL_OBJECT" ? name.startsWith("CRC") : name !== "CRC64NVME";
  if (!fits)
    throw invalidRequest(
      `The ${wanted} checksum type cannot be used with the ${name.toLowerCase()} checksum algorithm.`,
    );
  return { checksumAlgorithm: name, checksumType: wanted };
}
