// Chooses the parts a completion names, and computes the checksum of what they make.

import { AwsError } from "../../../kernel/aws-error.ts";
import type { CompleteMultipartUploadInput, CompletedPart } from "../../../models/s3.d.ts";
import { badDigest, entityTooSmall, invalidArgument, invalidRequest, malformedXml, uploadError } from "../errors.ts";
import { ALGORITHMS, checkShape, claimedChecksum, compositeChecksum, fullChecksum } from "../rules/checksums.ts";
import type { Checksum, Part, Upload } from "../store.ts";

const MODES: ReadonlySet<string> = new Set(["COMPOSITE", "FULL_OBJECT"]);
const SMALLEST = 5 * 1024 * 1024;

/** The uploaded parts in the order named, once each is there and all but the last are large enough. */
export function choose(
  upload: Upload,
  uploaded: readonly Part[],
  input: CompleteMultipartUploadInput,
): readonly Part[] {
  const named = input.MultipartUpload?.Parts ?? [];
  if (input.MultipartUpload === undefined || named.length === 0) {
    throw input.MultipartUpload === undefined ? invalidRequest("You must specify at least one part") : malformedXml();
  }
  checkMode(upload, input);
  const claim = claimedChecksum(input);
  if (claim !== undefined) checkShape({ ...claim, value: claim.value.replace(/-\d+$/, "") });
  const known = new Map(uploaded.map((part) => [part.number, part]));
  let before = 0;
  const chosen: Part[] = [];
  for (const each of named) {
    const number = each.PartNumber;
    if (number === undefined) throw malformedXml();
    if (number < 1) throw invalidArgument("PartNumber must be >= 1", "PartNumber", String(number));
    if (number <= before) throw uploadError("InvalidPartOrder", { UploadId: upload.id });
    before = number;
    chosen.push(chosenPart(upload, known.get(number), each));
  }
  for (const part of chosen.slice(0, -1)) {
    if (part.size >= SMALLEST) continue;
    throw entityTooSmall("Your proposed upload is smaller than the minimum allowed size", {
      ProposedSize: String(part.size),
      MinSizeAllowed: String(SMALLEST),
      PartNumber: String(part.number),
      ETag: part.etag,
    });
  }
  return chosen;
}

function chosenPart(upload: Upload, part: Part | undefined, named: CompletedPart): Part {
  const etag = (named.ETag ?? "").replaceAll('"', "");
  const wrong = uploadError("InvalidPart", { UploadId: upload.id, PartNumber: String(named.PartNumber), ETag: etag });
  if (part === undefined || part.etag !== etag) throw wrong;
  const claim = claimOfPart(named);
  const { checksumAlgorithm: algorithm, checksumType: type } = upload;
  if (algorithm === undefined) {
    if (claim !== undefined) throw wrong;
    return part;
  }
  const lower = algorithm.toLowerCase();
  if (claim === undefined) {
    if (type === "FULL_OBJECT") return part;
    const message = `The upload was created using a ${lower} checksum. The complete request must include the checksum for each part. It was missing for part ${named.PartNumber} in the request.`;
    throw invalidRequest(message);
  }
  if (claim.algorithm !== algorithm)
    throw badDigest(
      `The ${claim.algorithm.toLowerCase()} you specified for part ${named.PartNumber} did not match what we received.`,
    );
  if (claim.value !== part.checksum?.value) throw wrong;
  return part;
}

/** In a document what is wrong with a checksum is not told apart. */
function claimOfPart(named: CompletedPart): ReturnType<typeof claimedChecksum> {
  try {
    const claim = claimedChecksum(named);
    if (claim !== undefined) checkShape(claim);
    return claim;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidArgument("Invalid Base64 or multiple checksums present in request", "Checksum");
  }
}

function checkMode({ checksumType }: Upload, input: CompleteMultipartUploadInput): void {
  if (input.ChecksumType !== undefined && !MODES.has(input.ChecksumType))
    throw invalidRequest("Value for x-amz-checksum-type header is invalid.");
  if (input.ChecksumType === undefined || input.ChecksumType === checksumType) return;
  const mode = checksumType ?? "null";
  throw invalidRequest(
    `The upload was created using the ${mode} checksum mode. The complete request must use the same checksum mode.`,
  );
}

export function completedChecksum(
  upload: Upload,
  parts: readonly Part[],
  input: CompleteMultipartUploadInput,
): Checksum | undefined {
  // To what a customer's key encrypts S3 adds no checksum of its own accord.
  if (upload.checksumAlgorithm === undefined && upload.traits.encryption.kind === "customer") return undefined;
  const { checksumAlgorithm: algorithm = "CRC64NVME", checksumType: type = "FULL_OBJECT" } = upload;
  const facts = parts.map(({ number, size, etag, checksum }) => ({ number, size, etag, checksum }));
  if (type === "COMPOSITE") return checked(compositeChecksum(algorithm, facts), input);
  const crc = algorithm === "CRC32" || algorithm === "CRC32C" ? algorithm : "CRC64NVME";
  const pieces = parts.map((part) => ({
    size: part.size,
    crc: upload.checksumAlgorithm === undefined ? part.crc64 : (part.checksum?.value ?? ""),
  }));
  return checked(fullChecksum(crc, pieces), input);
}

/** The request may state the whole object's checksum. */
function checked(checksum: Checksum, input: CompleteMultipartUploadInput): Checksum {
  const stated = input[ALGORITHMS[checksum.algorithm].member];
  if (stated !== undefined && stated !== checksum.value) {
    throw badDigest(`The ${checksum.algorithm.toLowerCase()} you specified did not match the calculated checksum.`);
  }
  return checksum;
}
