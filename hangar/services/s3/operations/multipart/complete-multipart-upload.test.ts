// Multipart uploads through the SDK and lib-storage.

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "multipart-here";
const MB = 1024 * 1024;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client({ ...cloud.clientConfig(), requestChecksumCalculation: "WHEN_REQUIRED" });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as { name: string; message: string };
  return [error.name, error.message];
}

async function begin(Key: string, more: object = {}): Promise<string> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  return UploadId ?? "";
}

describe("a multipart upload", () => {
  test("tells when a rule will give it up", async () => {
    const Rules = [
      {
        ID: "give up",
        Status: "Enabled" as const,
        Filter: { Prefix: "slow/" },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
      },
    ];
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    const begun = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "slow/k" }));
    expect([begun.AbortRuleId, Number(begun.AbortDate) % 86_400_000]).toEqual(["give up", 0]);
    const listed = await s3.send(new ListPartsCommand({ Bucket, Key: "slow/k", UploadId: begun.UploadId }));
    expect([listed.AbortRuleId, listed.AbortDate]).toEqual([begun.AbortRuleId, begun.AbortDate]);
    expect((await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "fast" }))).AbortDate).toBeUndefined();
  });

  test("is completed again with the same answer, until its object goes", async () => {
    const Key = "again";
    const UploadId = await begin(Key);
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 3, Body: "one" }));
    const complete = async (tag = ETag) => {
      const MultipartUpload = { Parts: [{ ETag: tag, PartNumber: 3 }] };
      const { $metadata: _, ...answer } = await s3.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }),
      );
      return answer;
    };
    const first = await complete();
    expect(await complete()).toEqual(first);
    expect((await failure(complete('"other"')))[0]).toBe("NoSuchUpload");
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: "another" }));
    expect((await failure(complete()))[0]).toBe("NoSuchUpload");
  });

  test("makes one object whose tag tells the number of parts", async () => {
    const Key = "two";
    const UploadId = await begin(Key, { Metadata: { a: "1" }, ContentType: "video/x" });
    const bodies = [Buffer.alloc(5 * MB, "a"), Buffer.from("tail")];
    const Parts = [];
    for (const [index, Body] of bodies.entries()) {
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: index + 1, Body }));
      Parts.push({ ETag, PartNumber: index + 1 });
    }
    const listed = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed.Parts?.map((part) => [part.PartNumber, part.Size])).toEqual([
      [1, 5 * MB],
      [2, 4],
    ]);
    const done = await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    const tags = bodies.map((body) => createHash("md5").update(body).digest());
    expect(done.ETag).toBe(`"${createHash("md5").update(Buffer.concat(tags)).digest("hex")}-2"`);
    expect(done).toMatchObject({
      Bucket,
      Key,
      ChecksumType: "FULL_OBJECT",
      Location: `${cloud.clientConfig().endpoint}/${Bucket}/${Key}`,
    });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${5 * MB - 2}-${5 * MB + 1}` }));
    expect([await got.Body?.transformToString(), got.ContentType, got.Metadata]).toEqual([
      "aata",
      "video/x",
      { a: "1" },
    ]);
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
    expect([await part.Body?.transformToString(), part.PartsCount, part.ContentRange]).toEqual([
      "tail",
      2,
      `bytes ${5 * MB}-${5 * MB + 3}/${5 * MB + 4}`,
    ]);
    expect(await failure(s3.send(new ListPartsCommand({ Bucket, Key, UploadId })))).toEqual([
      "NoSuchUpload",
      expect.any(String),
    ]);
  });

  test("refuses small, missing, misnamed and misordered parts in S3's words", async () => {
    const Key = "wrong";
    const UploadId = await begin(Key);
    const upload = (PartNumber: number) =>
      s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: "test" }));
    const one = await upload(1);
    const two = await upload(2);
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      failure(s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } })));
    const first = { PartNumber: 1, ETag: one.ETag };
    const second = { PartNumber: 2, ETag: two.ETag };
    expect(await complete([first, second])).toEqual([
      "EntityTooSmall",
      "Your proposed upload is smaller than the minimum allowed size",
    ]);
    expect((await complete([second, first]))[0]).toBe("InvalidPartOrder");
    expect((await complete([first, { PartNumber: 3, ETag: two.ETag }]))[0]).toBe("InvalidPart");
    expect((await complete([{ PartNumber: 1, ETag: '"ffffffffffffffffffffffffffffffff"' }]))[0]).toBe("InvalidPart");
    expect(await failure(upload(10_001))).toEqual([
      "InvalidArgument",
      "Part number must be an integer between 1 and 10000, inclusive",
    ]);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect((await complete([first]))[0]).toBe("NoSuchUpload");
  });

  test("with a composite checksum has the digest of its parts' digests", async () => {
    const Key = "composite";
    const UploadId = await begin(Key, { ChecksumAlgorithm: "SHA256" });
    const Parts = [];
    for (const [index, Body] of [Buffer.alloc(5 * MB, 1), Buffer.from("end")].entries()) {
      const { ETag, ChecksumSHA256 } = await s3.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm: "SHA256" }),
      );
      Parts.push({ ETag, ChecksumSHA256, PartNumber: index + 1 });
    }
    const { ChecksumSHA256, ChecksumType } = await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    const digests = Parts.map((part) => Buffer.from(part.ChecksumSHA256 ?? "", "base64"));
    expect([ChecksumSHA256, ChecksumType]).toEqual([
      `${createHash("sha256").update(Buffer.concat(digests)).digest("base64")}-2`,
      "COMPOSITE",
    ]);
    const { ObjectParts } = await s3.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ["ObjectParts"] }),
    );
    expect([ObjectParts?.TotalPartsCount, ObjectParts?.Parts?.map((part) => part.Size)]).toEqual([2, [5 * MB, 3]]);
  });

  test("with a full-object checksum has that of the whole", async () => {
    const whole = Buffer.concat([Buffer.alloc(5 * MB, 9), Buffer.from("end")]);
    const { ChecksumCRC32: expected } = await s3.send(
      new PutObjectCommand({ Bucket, Key: "whole", Body: whole, ChecksumAlgorithm: "CRC32" }),
    );
    const Key = "joined";
    const UploadId = await begin(Key, { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const Parts = [];
    for (const [index, Body] of [whole.subarray(0, 5 * MB), whole.subarray(5 * MB)].entries()) {
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: index + 1, Body }));
      Parts.push({ ETag, PartNumber: index + 1 });
    }
    const done = await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    expect([done.ChecksumCRC32, done.ChecksumType]).toEqual([expected, "FULL_OBJECT"]);
  });

  test("takes parts from objects", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "source", Body: "0123456789" }));
    const Key = "copied";
    const UploadId = await begin(Key);
    const copy = { Bucket, Key, UploadId, PartNumber: 1, CopySource: `${Bucket}/source` };
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...copy, CopySourceRange: "bytes=2-4" }));
    expect((await failure(s3.send(new UploadPartCopyCommand({ ...copy, CopySourceRange: "0-8" }))))[0]).toBe(
      "InvalidArgument",
    );
    const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe("234");
  });

  test("is listed, in pages, until it ends", async () => {
    const other = new S3Client(cloud.clientConfig());
    const Listed = "uploads-listed";
    await other.send(new CreateBucketCommand({ Bucket: Listed }));
    for (const Key of ["b/1", "a", "b/2", "a"])
      await other.send(new CreateMultipartUploadCommand({ Bucket: Listed, Key }));
    const { Uploads, CommonPrefixes } = await other.send(
      new ListMultipartUploadsCommand({ Bucket: Listed, Delimiter: "/" }),
    );
    expect([Uploads?.map((each) => each.Key), CommonPrefixes]).toEqual([["a", "a"], [{ Prefix: "b/" }]]);
    const page = await other.send(new ListMultipartUploadsCommand({ Bucket: Listed, MaxUploads: 1 }));
    const rest = await other.send(
      new ListMultipartUploadsCommand({
        Bucket: Listed,
        KeyMarker: page.NextKeyMarker,
        UploadIdMarker: page.NextUploadIdMarker,
      }),
    );
    expect([page.Uploads?.length, page.IsTruncated, rest.Uploads?.map((each) => each.Key)]).toEqual([
      1,
      true,
      ["a", "b/1", "b/2"],
    ]);
  });
});

describe("lib-storage", () => {
  test("uploads in parts, several at a time", async () => {
    const Body = Buffer.alloc(12 * MB + 5, "z");
    const upload = new Upload({
      client: new S3Client(cloud.clientConfig()),
      params: { Bucket, Key: "lib", Body },
      partSize: 5 * MB,
      queueSize: 3,
    });
    await upload.done();
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "lib" }));
    expect([head.ContentLength, head.ETag?.endsWith('-3"')]).toEqual([Body.length, true]);
  });
});
