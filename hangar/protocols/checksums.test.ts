// The published check values of every checksum S3 takes, whole and in pieces.
import { describe, expect, test } from "vitest";
import { checksumOf, checksumOfHeader, checksumText, newChecksum, type ChecksumAlgorithm } from "./checksums.ts";

const digits = Buffer.from("123456789");

const published: readonly (readonly [ChecksumAlgorithm, string])[] = [
  ["CRC32", "cbf43926"],
  ["CRC32C", "e3069283"],
  ["CRC64NVME", "ae8b14860a799888"],
  ["MD5", "25f9e794323b453885f5181f1b624d0b"],
  ["SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ["SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"],
];

describe("checksums", () => {
  test.each(published)("%s of 123456789 is %s", (algorithm, hex) => {
    expect(Buffer.from(checksumOf(algorithm, digits), "base64").toString("hex")).toBe(hex);
  });

  test.each(published)("%s is the same however the bytes are cut", (algorithm) => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 31) % 256);
    const pieces = newChecksum(algorithm);
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 2) % 37 || 1)
      pieces.update(bytes.subarray(at, at + size));
    expect(checksumText(pieces)).toBe(checksumOf(algorithm, bytes));
  });

  test("an x-amz-checksum header names its algorithm; XXHASH is not emulated", () => {
    expect(checksumOfHeader("X-Amz-Checksum-Crc64nvme")).toBe("CRC64NVME");
    expect(checksumOfHeader("x-amz-checksum-type")).toBeUndefined();
    expect(() => checksumOfHeader("x-amz-checksum-xxhash64")).toThrow("does not emulate");
  });
});
