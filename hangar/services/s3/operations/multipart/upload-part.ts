// Uploads one part of a multipart upload.

import type { UploadPartInput, UploadPartOutput } from "../../../../models/s3.d.ts";
import { takeIn } from "../../engine/intake.ts";
import { encryptionMembers, secretOf } from "../../engine/secrets.ts";
import { checkPartNumber, findUpload, putPart } from "../../engine/uploads.ts";
import { invalidRequest } from "../../errors.ts";
import { checksumValue } from "../../rules/checksums.ts";
import { operation, type Context, type Upload } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = operation<UploadPartInput, UploadPartOutput>(async (input, context) => {
  checkPartNumber(input.PartNumber);
  const { found, upload } = findUpload(input, context);
  const secret = await partSecret(context, upload, input);
  const { checksumAlgorithm: algorithm } = upload;
  const taken = await takeIn(context, input, secret, () => (algorithm === undefined ? ["CRC64NVME"] : [algorithm]));
  if (algorithm !== undefined && taken.chosen !== undefined && taken.chosen.algorithm !== algorithm) {
    const names = `expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${taken.chosen.algorithm.toLowerCase()}`;
    throw invalidRequest(`Checksum Type mismatch occurred, ${names}`);
  }
  const value = algorithm === undefined ? undefined : taken.checksums.get(algorithm);
  const checksum =
    algorithm === undefined || value === undefined ? undefined : ({ algorithm, value, type: "FULL_OBJECT" } as const);
  // The upload may have been completed or aborted while the body came in.
  findUpload(input, context);
  putPart(found, upload, {
    number: input.PartNumber,
    size: taken.segment.size,
    etag: taken.md5,
    segment: taken.segment,
    modified: context.clock.now(),
    checksum,
    crc64: taken.checksums.get("CRC64NVME") ?? "",
  });
  return {
    ETag: `"${taken.md5}"`,
    ...checksumValue(checksum ?? taken.chosen),
    ...encryptionMembers(upload.traits.encryption),
  };
});

/** Every part of a customer-encrypted upload brings the key again. */
export async function partSecret(
  context: Context,
  upload: Upload,
  input: Pick<UploadPartInput, "SSECustomerAlgorithm" | "SSECustomerKey" | "SSECustomerKeyMD5">,
): Promise<Uint8Array> {
  const { encryption } = upload.traits;
  if ((encryption.kind === "customer") !== (input.SSECustomerAlgorithm !== undefined)) {
    throw invalidRequest(
      "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.",
    );
  }
  if (
    encryption.kind === "customer" &&
    input.SSECustomerKeyMD5 !== undefined &&
    input.SSECustomerKeyMD5 !== encryption.keyMd5
  ) {
    throw invalidRequest("The provided encryption parameters did not match the ones used originally.");
  }
  return await secretOf(context, encryption, input);
}
