// What the SDK builds on S3's calls, and a small signer of others, through a real port.

import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AwsClient } from "aws4fetch";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "sdk-here";
const piece = 5 * 1024 * 1024;

beforeAll(async () => {
  cloud = await startCloud();
  const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
  s3 = new S3Client({ ...config, forcePathStyle: true, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** Of a length that nobody was told. */
async function* pieces(...bytes: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

async function uploadsOf(Key: string): Promise<(string | undefined)[]> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  return Uploads.map(({ UploadId }) => UploadId);
}

describe("an Upload of lib-storage", () => {
  test("sends a stream of unknown length in parts, or in one where it is short", async () => {
    const large = randomBytes(piece * 2 + 7);
    const parts = [large.subarray(0, 1_000_000), large.subarray(1_000_000)];
    const progress: (number | undefined)[] = [];
    const upload = new Upload({ client: s3, params: { Bucket, Key: "large", Body: Readable.from(pieces(...parts)) } });
    upload.on("httpUploadProgress", ({ loaded }) => progress.push(loaded));
    expect((await upload.done()).ETag).toMatch(/-3"$/);
    expect(progress.at(-1)).toBe(large.length);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "large" }));
    expect(large.equals((await Body?.transformToByteArray()) ?? new Uint8Array())).toBe(true);
    const params = { Bucket, Key: "short", Body: Readable.from(pieces(Buffer.from("short"))) };
    expect((await new Upload({ client: s3, params }).done()).ETag).not.toContain("-");
    expect(await uploadsOf("")).toEqual([]);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])("that fails leaves its parts only when it is to: %s", async (leavePartsOnError, left) => {
    const broken = (async function* () {
      yield Buffer.alloc(piece + 1);
      throw new Error("the disk is gone");
    })();
    const Key = `broken-${leavePartsOnError}`;
    const params = { Bucket, Key, Body: Readable.from(broken) };
    const upload = new Upload({ client: s3, params, leavePartsOnError, queueSize: 1 });
    await expect(upload.done()).rejects.toThrow("the disk is gone");
    const [UploadId, ...more] = await uploadsOf(Key);
    expect([UploadId === undefined ? 0 : 1, more]).toEqual([left, []]);
    if (UploadId === undefined) return;
    const { Parts } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([[1, piece]]);
  });

  test("that is aborted makes no object and leaves nothing", async () => {
    const upload = new Upload({ client: s3, params: { Bucket, Key: "aborted", Body: Buffer.alloc(piece * 3) } });
    upload.on("httpUploadProgress", () => void upload.abort());
    await expect(upload.done()).rejects.toMatchObject({ name: "AbortError" });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "aborted" }))).rejects.toMatchObject({
      name: "NotFound",
    });
  });
});

describe("a presigned URL", () => {
  test("demands the headers that it signed", async () => {
    const command = new PutObjectCommand({ Bucket, Key: "typed", ContentType: "text/plain" });
    const url = await getSignedUrl(s3, command, { signableHeaders: new Set(["host", "content-type"]) });
    expect(new URL(url).searchParams.get("X-Amz-SignedHeaders")).toBe("content-type;host");
    const put = (type: string): Promise<number> =>
      fetch(url, { method: "PUT", body: "x", headers: { "content-type": type } }).then(({ status }) => status);
    expect([await put("text/html"), await put("text/plain")]).toEqual([403, 200]);
  });

  test("carries metadata in its query, or demands it as headers where it must not be hoisted", async () => {
    const command = new PutObjectCommand({ Bucket, Key: "m", Metadata: { colour: "red" } });
    const hoisted = await getSignedUrl(s3, command);
    expect(new URL(hoisted).searchParams.get("x-amz-meta-colour")).toBe("red");
    expect((await fetch(hoisted, { method: "PUT", body: "x" })).status).toBe(200);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "m" }))).Metadata).toEqual({ colour: "red" });
    const kept = await getSignedUrl(s3, command, { unhoistableHeaders: new Set(["x-amz-meta-colour"]) });
    expect((await fetch(kept, { method: "PUT", body: "x" })).status).toBe(403);
    const headers = { "x-amz-meta-colour": "red" };
    expect((await fetch(kept, { method: "PUT", body: "x", headers })).status).toBe(200);
  });

  test("ends on the world's clock", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "m" }), { expiresIn: 60 });
    expect((await fetch(url)).status).toBe(200);
    await cloud.clock.advance("61 seconds");
    const late = await fetch(url);
    expect([late.status, await late.text()]).toEqual([
      403,
      expect.stringMatching(/<Message>Request has expired<.*<X-Amz-Expires>60<.*<Expires>.*<ServerTime>/),
    ]);
  });
});

test("aws4fetch puts, lists and gets, with its headers and by query", async () => {
  const client = new AwsClient({ accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", service: "s3" });
  const url = `${cloud.endpoint}/${Bucket}/fetched/${encodeURIComponent("ü b+c")}`;
  expect((await client.fetch(url, { method: "PUT", body: "hello" })).status).toBe(200);
  const listed = await (await client.fetch(`${cloud.endpoint}/${Bucket}?list-type=2&prefix=fetched/`)).text();
  expect(listed).toContain("<Key>fetched/ü b+c</Key>");
  const signed = await client.sign(url, { aws: { signQuery: true } });
  expect(await (await fetch(signed)).text()).toBe("hello");
});
