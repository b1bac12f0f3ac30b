// Checksums and digests of objects, given and returned, through the SDK.

import {
  CreateBucketCommand,
  GetObjectAttributesCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "checksums-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function put(
  Key: string,
  Body: NonNullable<PutObjectCommandInput["Body"]>,
  more: Partial<PutObjectCommandInput> = {},
) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

/** What the SDK throws: code, status and message. */
async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as {
    name: string;
    message: string;
    $metadata: { httpStatusCode: number };
  };
  return [error.name, error.$metadata.httpStatusCode, error.message];
}

describe("checksums", () => {
  const digest = createHash("sha256").update("data").digest("base64");

  test.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
    "%s is verified, kept and returned",
    async (ChecksumAlgorithm) => {
      const name = `Checksum${ChecksumAlgorithm}` as const;
      const stored = await put(`sum-${ChecksumAlgorithm}`, "data", { ChecksumAlgorithm });
      expect(stored[name]).toBeTruthy();
      const head = await s3.send(
        new HeadObjectCommand({ Bucket, Key: `sum-${ChecksumAlgorithm}`, ChecksumMode: "ENABLED" }),
      );
      expect([head[name], head.ChecksumType]).toEqual([stored[name], "FULL_OBJECT"]);
      const attributes = await s3.send(
        new GetObjectAttributesCommand({
          Bucket,
          Key: `sum-${ChecksumAlgorithm}`,
          ObjectAttributes: ["Checksum", "ObjectSize", "ETag", "StorageClass"],
        }),
      );
      expect(attributes).toMatchObject({
        ObjectSize: 4,
        StorageClass: "STANDARD",
        ETag: "8d777f385d3dfec8815d20f7496026dc",
      });
      expect(attributes.Checksum?.[name]).toBe(stored[name]);
    },
  );

  test("that do not match are refused", async () => {
    expect(await failure(put("bad", "other", { ChecksumSHA256: digest }))).toEqual([
      "BadDigest",
      400,
      "The SHA256 you specified did not match the calculated checksum.",
    ]);
    expect(await failure(put("bad", "data", { ChecksumSHA256: "short" }))).toEqual([
      "InvalidRequest",
      400,
      "Value for x-amz-checksum-sha256 header is invalid.",
    ]);
    expect((await failure(s3.send(new HeadObjectCommand({ Bucket, Key: "bad" }))))[1]).toBe(404);
  });

  test("Content-MD5 is checked in S3's words", async () => {
    expect((await failure(put("md5", "x", { ContentMD5: "__invalid__" }))).slice(0, 3)).toEqual([
      "InvalidDigest",
      400,
      "The Content-MD5 you specified was invalid.",
    ]);
    const ContentMD5 = createHash("md5").update("y").digest("base64");
    expect((await failure(put("md5", "x", { ContentMD5 })))[0]).toBe("BadDigest");
    await put("md5", "y", { ContentMD5 });
  });
});
