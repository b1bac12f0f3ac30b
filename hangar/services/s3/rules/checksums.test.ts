// Checksums of every algorithm through the SDK: stated in a header or a trailer, kept, copied, and composed of parts'.

import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type CompletedPart,
} from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { checksumOf, checksumReady, newChecksum } from "../../../protocols/checksums.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "sums-here";
const EVERY = [
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "SHA1",
  "SHA256",
  "SHA512",
  "MD5",
  "XXHASH64",
  "XXHASH3",
  "XXHASH128",
] as const;
const COMPOSED = EVERY.filter((name) => name !== "CRC64NVME");
/** What the client has no code for. */
const BROUGHT = ["SHA512", "XXHASH64", "XXHASH3", "XXHASH128"] as const;
const MB = 1024 * 1024;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  for (const name of EVERY) await checksumReady(name);
  const settings = { ...cloud.clientConfig(), requestChecksumCalculation: "WHEN_REQUIRED" } as const;
  s3 = new S3Client({
    ...settings,
    checksumAlgorithms: Object.fromEntries(BROUGHT.map((name) => [name, digestOf(name)])),
  });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function digestOf(name: (typeof EVERY)[number]) {
  return class {
    #checksum = newChecksum(name);
    update(bytes: Uint8Array): void {
      this.#checksum.update(bytes);
    }
    reset(): void {
      this.#checksum = newChecksum(name);
    }
    async digest(): Promise<Uint8Array> {
      return this.#checksum.bytes();
    }
  };
}

const memberOf = (algorithm: (typeof EVERY)[number]) => `Checksum${algorithm}` as const;

async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as { name: string; message: string };
  return [error.name, error.message];
}

describe.each(EVERY)("a checksum %s", (algorithm) => {
  const member = memberOf(algorithm);
  const Key = `stated-${algorithm}`;

  test("in a header is verified, kept and returned", async () => {
    const value = checksumOf(algorithm, Buffer.from("data"));
    const stored = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "data", [member]: value }));
    expect([stored[member], stored.ChecksumType]).toEqual([value, "FULL_OBJECT"]);
    const read = { Bucket, Key, ChecksumMode: "ENABLED" } as const;
    expect((await s3.send(new HeadObjectCommand(read)))[member]).toBe(value);
    expect((await s3.send(new GetObjectCommand(read)))[member]).toBe(value);
    const { Checksum } = await s3.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ["Checksum"] }));
    expect(Checksum).toEqual({ [member]: value, ChecksumType: "FULL_OBJECT" });
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    expect(Contents?.find((each) => each.Key === Key)?.ChecksumAlgorithm).toEqual([algorithm]);
  });

  test("of other bytes is refused", async () => {
    const wrong = checksumOf(algorithm, Buffer.from("other"));
    expect(await failure(s3.send(new PutObjectCommand({ Bucket, Key: "no", Body: "data", [member]: wrong })))).toEqual([
      "BadDigest",
      `The ${algorithm} you specified did not match the calculated checksum.`,
    ]);
  });

  test("goes with a copy, or is made by one", async () => {
    const value = checksumOf(algorithm, Buffer.from("data"));
    const CopySource = `${Bucket}/${Key}`;
    const kept = await s3.send(new CopyObjectCommand({ Bucket, Key: "kept", CopySource }));
    expect(kept.CopyObjectResult?.[member]).toBe(value);
    await s3.send(new PutObjectCommand({ Bucket, Key: "plain", Body: "data" }));
    const made = { Bucket, Key: "made", CopySource: `${Bucket}/plain`, ChecksumAlgorithm: algorithm };
    expect((await s3.send(new CopyObjectCommand(made))).CopyObjectResult?.[member]).toBe(value);
  });
});

test.each(EVERY.filter((name) => name !== "MD5"))("a checksum %s in a trailer is verified and kept", async (name) => {
  const pieces = [Buffer.alloc(70_000, 1), Buffer.alloc(70_000, 2)];
  const sent = { Bucket, Key: "trailing", Body: Readable.from(pieces), ContentLength: 140_000 };
  const stored = await s3.send(new PutObjectCommand({ ...sent, ChecksumAlgorithm: name }));
  expect(stored[memberOf(name)]).toBe(checksumOf(name, Buffer.concat(pieces)));
});

describe.each(COMPOSED)("a multipart upload with %s", (algorithm) => {
  const member = memberOf(algorithm);
  const Key = `parts-${algorithm}`;

  test("has the checksum of its parts' checksums", async () => {
    const begun = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: algorithm }));
    expect([begun.ChecksumAlgorithm, begun.ChecksumType]).toEqual([algorithm, "COMPOSITE"]);
    const part = { Bucket, Key, UploadId: begun.UploadId };
    const bodies = [Buffer.alloc(5 * MB, 7), Buffer.from("end")];
    const Parts: CompletedPart[] = [];
    for (const [index, Body] of bodies.entries()) {
      const [PartNumber, value] = [index + 1, checksumOf(algorithm, Body)];
      const { ETag, ...answer } = await s3.send(new UploadPartCommand({ ...part, PartNumber, Body, [member]: value }));
      expect(answer[member]).toBe(value);
      Parts.push({ ETag, [member]: value, PartNumber });
    }
    const listed = await s3.send(new ListPartsCommand(part));
    expect(listed.Parts?.map((each) => each[member])).toEqual(Parts.map((each) => each[member]));
    const done = await s3.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload: { Parts } }));
    const digests = Buffer.concat(Parts.map((each) => Buffer.from(each[member] ?? "", "base64")));
    const composed = `${checksumOf(algorithm, digests)}-2`;
    expect([done[member], done.ChecksumType]).toEqual([composed, "COMPOSITE"]);
    const { Checksum, ObjectParts } = await s3.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ["Checksum", "ObjectParts"] }),
    );
    // Here alone it comes without the number of its parts.
    expect(Checksum).toEqual({ [member]: composed.replace(/-2$/, ""), ChecksumType: "COMPOSITE" });
    expect(ObjectParts?.Parts?.map((each) => each[member])).toEqual(Parts.map((each) => each[member]));
  });
});

test.each(COMPOSED.filter((name) => !name.startsWith("CRC")))("%s is never that of the whole", async (name) => {
  const whole = { Bucket, Key: "whole", ChecksumAlgorithm: name, ChecksumType: "FULL_OBJECT" } as const;
  expect(await failure(s3.send(new CreateMultipartUploadCommand(whole)))).toEqual([
    "InvalidRequest",
    `The FULL_OBJECT checksum type cannot be used with the ${name.toLowerCase()} checksum algorithm.`,
  ]);
});
