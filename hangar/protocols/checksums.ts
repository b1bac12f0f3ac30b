// The checksums S3 takes and gives, computed as the bytes flow.
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "../kernel/aws-error.ts";
import { crc32c, crc64 } from "./crc-tables.ts";
import { isXxhash, loadXxhash, newXxhash, type XxhashAlgorithm } from "./xxhash.ts";

export type ChecksumAlgorithm =
  | "CRC32"
  | "CRC32C"
  | "CRC64NVME"
  | "SHA1"
  | "SHA256"
  | "SHA512"
  | "MD5"
  | XxhashAlgorithm;

export type Checksum = {
  readonly algorithm: ChecksumAlgorithm;
  update(bytes: Uint8Array): void;
  /** The raw bytes, big-endian for the CRCs and XXHASHes. Ends the computation. */
  bytes(): Uint8Array;
};

const algorithms: readonly string[] = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "MD5"];

const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm => algorithms.includes(name) || isXxhash(name);

/** To be awaited before bytes come to an algorithm that has to be loaded first; of the others there is nothing. */
export const checksumReady = (algorithm: ChecksumAlgorithm): Promise<void> | undefined =>
  isXxhash(algorithm) ? loadXxhash(algorithm) : undefined;

/** `x-amz-checksum-crc32` names CRC32. */
export const checksumOfHeader = (name: string): ChecksumAlgorithm | undefined => {
  const lower = name.toLowerCase();
  if (!lower.startsWith("x-amz-checksum-")) return undefined;
  const algorithm = lower.slice("x-amz-checksum-".length).toUpperCase();
  return isChecksumAlgorithm(algorithm) ? algorithm : undefined;
};

const crc = (algorithm: "CRC32" | "CRC32C", step: (bytes: Uint8Array, value: number) => number): Checksum => {
  let value = 0;
  return {
    algorithm,
    update(bytes) {
      value = step(bytes, value);
    },
    bytes() {
      const digest = Buffer.alloc(4);
      digest.writeUInt32BE(value >>> 0);
      return digest;
    },
  };
};

const crc64Nvme = (): Checksum => {
  let value = 0n;
  return {
    algorithm: "CRC64NVME",
    update(bytes) {
      value = crc64(bytes, value);
    },
    bytes() {
      const digest = Buffer.alloc(8);
      digest.writeBigUInt64BE(value);
      return digest;
    },
  };
};

export const newChecksum = (algorithm: ChecksumAlgorithm): Checksum => {
  if (algorithm === "CRC32") return crc(algorithm, (bytes, value) => crc32(bytes, value));
  if (algorithm === "CRC32C") return crc(algorithm, crc32c);
  if (algorithm === "CRC64NVME") return crc64Nvme();
  if (isXxhash(algorithm)) return newXxhash(algorithm);
  const hash = createHash(algorithm.toLowerCase());
  return {
    algorithm,
    update(bytes) {
      hash.update(bytes);
    },
    bytes: () => hash.digest(),
  };
};

/** Base64, as headers hold it. */
export const checksumText = (checksum: Checksum): string => Buffer.from(checksum.bytes()).toString("base64");

export const checksumOf = (algorithm: ChecksumAlgorithm, bytes: Uint8Array): string => {
  const checksum = newChecksum(algorithm);
  checksum.update(bytes);
  return checksumText(checksum);
};

export const badDigest = (algorithm: ChecksumAlgorithm): AwsError =>
  new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
