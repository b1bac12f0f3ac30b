// Checksums of objects: running digests, what a request claims, and the checksum of a multipart object from its parts'.

import { createHash } from "node:crypto";
import { checksumText, newChecksum } from "../../../protocols/checksums.ts";
import { badDigest, invalidRequest } from "../errors.ts";
import type { Checksum, ChecksumAlgorithm, PartFact } from "../store.ts";
import { joinCrcs } from "./crc.ts";

/** Algorithms by the member of an input or output that carries them. */
export const ALGORITHMS: Readonly<
  Record<ChecksumAlgorithm, { readonly member: ChecksumMember; readonly bytes: number }>
> = {
  CRC32: { member: "ChecksumCRC32", bytes: 4 },
  CRC32C: { member: "ChecksumCRC32C", bytes: 4 },
  CRC64NVME: { member: "ChecksumCRC64NVME", bytes: 8 },
  SHA1: { member: "ChecksumSHA1", bytes: 20 },
  SHA256: { member: "ChecksumSHA256", bytes: 32 },
  SHA512: { member: "ChecksumSHA512", bytes: 64 },
  MD5: { member: "ChecksumMD5", bytes: 16 },
  XXHASH64: { member: "ChecksumXXHASH64", bytes: 8 },
  XXHASH3: { member: "ChecksumXXHASH3", bytes: 8 },
  XXHASH128: { member: "ChecksumXXHASH128", bytes: 16 },
};
const NAMES = Object.keys(ALGORITHMS) as ChecksumAlgorithm[];

export type ChecksumMember =
  | "ChecksumCRC32"
  | "ChecksumCRC32C"
  | "ChecksumCRC64NVME"
  | "ChecksumSHA1"
  | "ChecksumSHA256"
  | "ChecksumSHA512"
  | "ChecksumMD5"
  | "ChecksumXXHASH64"
  | "ChecksumXXHASH3"
  | "ChecksumXXHASH128";
export type ChecksumMembers = { readonly [Name in ChecksumMember]?: string | undefined };

export function isAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(ALGORITHMS, name);
}

/** The checksum that a request states, if any. Two at once are refused. */
export function claimedChecksum(input: ChecksumMembers): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  let found: { algorithm: ChecksumAlgorithm; value: string } | undefined;
  for (const algorithm of NAMES) {
    const value = input[ALGORITHMS[algorithm].member];
    if (value === undefined) continue;
    if (found !== undefined) {
      throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    found = { algorithm, value };
  }
  return found;
}

/** A claim must have the algorithm's length; `value-N` is a composite's. */
export function checkShape({ algorithm, value }: { algorithm: ChecksumAlgorithm; value: string }): void {
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== ALGORITHMS[algorithm].bytes || bytes.toString("base64") !== value) {
    throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
  }
}

export function mismatch(algorithm: ChecksumAlgorithm): Error {
  return badDigest(`The ${algorithm} you specified did not match the calculated checksum.`);
}

/** As members of an output. */
export function checksumMembers(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (checksum === undefined) return {};
  return { [ALGORITHMS[checksum.algorithm].member]: checksum.value, ChecksumType: checksum.type };
}

/** The checksum without its type, as parts and uploads answer it. */
export function checksumValue(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  return checksum === undefined ? {} : { [ALGORITHMS[checksum.algorithm].member]: checksum.value };
}

/** Digest of the parts' digests, with their number. The algorithm must be ready. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly PartFact[]): Checksum {
  const digest = newChecksum(algorithm);
  for (const part of parts) digest.update(Buffer.from(part.checksum?.value ?? "", "base64"));
  return { algorithm, value: `${checksumText(digest)}-${parts.length}`, type: "COMPOSITE" };
}

/** The whole object's CRC from those of its parts. */
export function fullChecksum(
  algorithm: "CRC32" | "CRC32C" | "CRC64NVME",
  pieces: readonly { crc: string; size: number }[],
): Checksum {
  const [first, ...rest] = pieces;
  let value = first?.crc ?? checksumText(newChecksum(algorithm));
  for (const piece of rest) value = joinCrcs(algorithm, value, piece);
  return { algorithm, value, type: "FULL_OBJECT" };
}

/** The MD5 of the parts' MD5s, with their number. */
export function multipartEtag(parts: readonly { readonly etag: string }[]): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(Buffer.from(part.etag, "hex"));
  return `${hash.digest("hex")}-${parts.length}`;
}
