// The published check values of every checksum S3 takes, whole and in pieces.
import { beforeAll, describe, expect, test } from "vitest";
import {
  checksumOf,
  checksumOfHeader,
  checksumReady,
  checksumText,
  newChecksum,
  type ChecksumAlgorithm,
} from "./checksums.ts";

const digits = Buffer.from("123456789");

const published: readonly (readonly [ChecksumAlgorithm, string])[] = [
  ["CRC32", "cbf43926"],
  ["CRC32C", "e3069283"],
  ["CRC64NVME", "ae8b14860a799888"],
  ["MD5", "25f9e794323b453885f5181f1b624d0b"],
  ["SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ["SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"],
  [
    "SHA512",
    "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
  ],
  ["XXHASH64", "8cb841db40e6ae83"],
  ["XXHASH3", "72dcb18b67a17dff"],
  ["XXHASH128", "33119477ede5dcd5e9716427681d5860"],
];

beforeAll(async () => {
  for (const [algorithm] of published) await checksumReady(algorithm);
});

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

  test.each([0, 1, 7, 8, 9, 63, 8191, 8192, 8193, 12_300, 131_071, 131_072, 131_073, 300_001])(
    "CRC64NVME of %i bytes, bit by bit",
    (size) => {
      const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 2_654_435_761) >>> 24);
      let low = 0xff_ff_ff_ff;
      let high = 0xff_ff_ff_ff;
      for (const byte of bytes) {
        low ^= byte;
        for (let bit = 0; bit < 8; bit += 1) {
          const carry = low & 1;
          low = (low >>> 1) | (high << 31);
          high >>>= 1;
          if (carry === 1) [low, high] = [low ^ 0xac_4b_c9_b5, high ^ 0x9a_6c_93_29];
        }
      }
      const digest = Buffer.alloc(8);
      digest.writeUInt32BE(~high >>> 0, 0);
      digest.writeUInt32BE(~low >>> 0, 4);
      expect(checksumOf("CRC64NVME", bytes)).toBe(digest.toString("base64"));
    },
  );

  test.each(["XXHASH64", "XXHASH3", "XXHASH128"] as const)("%s of two bodies at a time", (algorithm) => {
    const both = [Buffer.alloc(3000, 1), Buffer.alloc(3000, 2)];
    const digests = both.map(() => newChecksum(algorithm));
    for (let at = 0; at < 3000; at += 700)
      for (const [index, digest] of digests.entries()) digest.update(both[index]?.subarray(at, at + 700) ?? digits);
    expect(digests.map(checksumText)).toEqual(both.map((bytes) => checksumOf(algorithm, bytes)));
  });

  test("an x-amz-checksum header names its algorithm", () => {
    expect(checksumOfHeader("X-Amz-Checksum-Crc64nvme")).toBe("CRC64NVME");
    expect(checksumOfHeader("x-amz-checksum-type")).toBeUndefined();
    expect(checksumOfHeader("x-amz-checksum-xxhash3")).toBe("XXHASH3");
  });
});
