// PutObject, GetObject, HeadObject and DeleteObject through the SDK.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "objects-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }] },
    }),
  );
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

async function text(Key: string, more: object = {}): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? "";
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

describe("an object", () => {
  test("comes back as it was put, with what was said of it", async () => {
    const { ETag } = await put("a/b.txt", "hello", {
      ContentType: "text/plain",
      CacheControl: "max-age=1",
      ContentDisposition: "inline",
      ContentLanguage: "en",
      Metadata: { Colour: "blue" },
    });
    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "a/b.txt" }));
    expect(await got.Body?.transformToString()).toBe("hello");
    expect(got).toMatchObject({
      ContentType: "text/plain",
      CacheControl: "max-age=1",
      ContentDisposition: "inline",
      ContentLanguage: "en",
      ContentLength: 5,
      AcceptRanges: "bytes",
      ETag,
      Metadata: { colour: "blue" },
      ServerSideEncryption: "AES256",
      ChecksumCRC32: "NhCmhg==",
      ChecksumType: "FULL_OBJECT",
    });
  });

  test("that is not there is NoSuchKey, and HEAD says only 404", async () => {
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "none" })))).toEqual([
      "NoSuchKey",
      404,
      "The specified key does not exist.",
    ]);
    expect((await failure(s3.send(new HeadObjectCommand({ Bucket, Key: "none" })))).slice(0, 2)).toEqual([
      "NotFound",
      404,
    ]);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket: "no-such-bucket-here", Key: "k" })))).toEqual([
      "NoSuchBucket",
      404,
      "The specified bucket does not exist",
    ]);
  });

  test("without a type is binary/octet-stream, and may be empty", async () => {
    await put("empty", "");
    const { ContentType, ContentLength, ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "empty" }));
    expect({ ContentType, ContentLength, ETag }).toMatchObject({
      ContentLength: 0,
      ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
    });
    expect(await text("empty")).toBe("");
  });

  test("has any key: spaces, slashes, dots, emoji, percent signs", async () => {
    for (const key of ["a b+c", "//x", "a/./../b", "ünï/😀", "100%", "a%2Fb", "q?x=1&y=2#z", "tab\there"]) {
      await put(key, key);
      expect(await text(key)).toBe(key);
    }
  });

  test("has a key of at most 1024 bytes", async () => {
    await put("k".repeat(1024), "x");
    expect(await failure(put("k".repeat(1025), "x"))).toEqual(["KeyTooLongError", 400, "Your key is too long"]);
    expect((await failure(put("é".repeat(513), "x")))[0]).toBe("KeyTooLongError");
  });

  test("has metadata of at most 2 KB", async () => {
    expect((await failure(put("m", "x", { Metadata: { a: "v".repeat(2048) } })))[0]).toBe("MetadataTooLarge");
    const long = { ContentDisposition: "d".repeat(1500), CacheControl: "c".repeat(600) };
    expect((await failure(put("m", "x", long)))[0]).toBe("MetadataTooLarge");
    await put("m", "x", { ...long, CacheControl: "no-store", Metadata: { a: "v".repeat(2000) } });
  });

  test("larger than memory's share is streamed both ways", async () => {
    const chunk = Buffer.alloc(256 * 1024, 7);
    const chunks = Array.from({ length: 40 }, () => chunk);
    await put("large", Readable.from(chunks), { ContentLength: chunk.length * 40 });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "large" }));
    const hash = createHash("md5");
    for await (const piece of Body as AsyncIterable<Uint8Array>) hash.update(piece);
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "large" }));
    expect(ETag).toBe(`"${hash.digest("hex")}"`);
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: "large", Range: "bytes=1048577-1048580" }));
    expect([...((await part.Body?.transformToByteArray()) ?? [])]).toEqual([7, 7, 7, 7]);
  });
});

describe("a range", () => {
  beforeAll(async () => {
    await put("range", "0123456789abcdefghijklmnopqrstuvwxyz");
  });

  test.each([
    ["bytes=0-3", "0123", "bytes 0-3/36"],
    ["bytes=17-20", "hijk", "bytes 17-20/36"],
    ["bytes=30-", "uvwxyz", "bytes 30-35/36"],
    ["bytes=-2", "yz", "bytes 34-35/36"],
    ["bytes=30-99", "uvwxyz", "bytes 30-35/36"],
  ])("%s is answered with 206", async (Range, body, contentRange) => {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "range", Range }));
    expect(await got.Body?.transformToString()).toBe(body);
    expect([got.ContentRange, got.ContentLength, got.$metadata.httpStatusCode, got.ChecksumCRC32]).toEqual([
      contentRange,
      body.length,
      206,
      undefined,
    ]);
  });

  test("several ranges, or a malformed one, mean the whole object", async () => {
    for (const Range of ["bytes=0-1,4-5", "bytes=3-1", "lines=1-2"])
      expect(await text("range", { Range })).toHaveLength(36);
  });

  test("past the end is InvalidRange", async () => {
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "range", Range: "bytes=36-40" })))).toEqual([
      "InvalidRange",
      416,
      "The requested range is not satisfiable",
    ]);
  });
});

describe("conditions", () => {
  test("of reads: 304 and 412", async () => {
    const { ETag } = await put("cond", "x");
    const other = '"00000000000000000000000000000000"';
    expect((await failure(s3.send(new GetObjectCommand({ Bucket, Key: "cond", IfNoneMatch: ETag }))))[1]).toBe(304);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "cond", IfMatch: other })))).toEqual([
      "PreconditionFailed",
      412,
      "At least one of the pre-conditions you specified did not hold",
    ]);
    expect(await text("cond", { IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).toBe("x");
    expect(
      (
        await failure(s3.send(new GetObjectCommand({ Bucket, Key: "cond", IfModifiedSince: new Date(Date.now() - 1) })))
      )[1],
    ).toBe(304);
    expect(
      (await failure(s3.send(new HeadObjectCommand({ Bucket, Key: "cond", IfUnmodifiedSince: new Date(0) }))))[1],
    ).toBe(412);
  });

  test("of writes: If-None-Match * creates once, If-Match replaces what is known", async () => {
    const { ETag } = await put("once", "1", { IfNoneMatch: "*" });
    expect((await failure(put("once", "2", { IfNoneMatch: "*" }))).slice(0, 2)).toEqual(["PreconditionFailed", 412]);
    expect((await failure(put("once", "2", { IfMatch: '"wrong"' }))).slice(0, 2)).toEqual(["PreconditionFailed", 412]);
    await put("once", "3", { IfMatch: ETag });
    expect(await text("once")).toBe("3");
    expect((await failure(put("never", "x", { IfMatch: ETag }))).slice(0, 2)).toEqual(["NoSuchKey", 404]);
    expect((await failure(put("once", "x", { IfNoneMatch: '"a"' }))).slice(0, 2)).toEqual(["NotImplemented", 501]);
  });

  test("of writes hold when many write at once", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put("race", String(index), { IfNoneMatch: "*" })),
    );
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  });
});

describe("SSE-C", () => {
  const key = Buffer.alloc(32, 1);
  const customer = (bytes: Buffer) => ({
    SSECustomerAlgorithm: "AES256",
    SSECustomerKey: bytes.toString("base64"),
    SSECustomerKeyMD5: createHash("md5").update(bytes).digest("base64"),
  });

  test("needs the same key to read", async () => {
    await put("secret", "for your eyes", customer(key));
    expect(await text("secret", customer(key))).toBe("for your eyes");
    expect((await failure(s3.send(new GetObjectCommand({ Bucket, Key: "secret" })))).slice(0, 2)).toEqual([
      "InvalidRequest",
      400,
    ]);
    expect(
      (await failure(s3.send(new GetObjectCommand({ Bucket, Key: "secret", ...customer(Buffer.alloc(32, 2)) })))).slice(
        0,
        2,
      ),
    ).toEqual(["AccessDenied", 403]);
  });
});

describe("deletion", () => {
  test("of nothing succeeds", async () => {
    const { $metadata } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "was-never-there" }));
    expect($metadata.httpStatusCode).toBe(204);
  });

  test("DeleteObjects answers each key", async () => {
    await put("d1", "x");
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: "d1" }, { Key: "d2", VersionId: "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD" }] },
      }),
    );
    expect(Deleted).toEqual([{ Key: "d1" }]);
    expect(Errors).toEqual([
      {
        Key: "d2",
        VersionId: "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD",
        Code: "NoSuchVersion",
        Message: "The specified version does not exist.",
      },
    ]);
    expect((await failure(s3.send(new HeadObjectCommand({ Bucket, Key: "d1" }))))[1]).toBe(404);
  });
});
