// DeleteObject and DeleteObjects of versions, and with conditions.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type ObjectIdentifier,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "deletions-here";
const STRANGE = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function put(Key: string, Body = "x") {
  const { VersionId = "", ETag = "" } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return { VersionId, ETag };
}

async function remove(Key: string, more: object = {}) {
  const { $metadata: metadata, ...answer } = await s3.send(new DeleteObjectCommand({ Bucket, Key, ...more }));
  return { status: metadata.httpStatusCode, ...answer };
}

async function batch(...Objects: ObjectIdentifier[]) {
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  return { Deleted, Errors: Errors?.map(({ Key, Code }) => [Key, Code]) };
}

const refusal = async (call: Promise<unknown>) => (await failure(call)).slice(0, 2);

describe("a version's id", () => {
  test("is deleted again with the same answer", async () => {
    const { VersionId } = await put("twice");
    await put("twice");
    const gone = { status: 204, VersionId };
    expect(await remove("twice", { VersionId })).toEqual(gone);
    expect(await remove("twice", { VersionId })).toEqual(gone);
    expect(await batch({ Key: "twice", VersionId })).toEqual({ Deleted: [{ Key: "twice", VersionId }] });
    const read = s3.send(new GetObjectCommand({ Bucket, Key: "twice", VersionId }));
    expect(await refusal(read)).toEqual(["NoSuchVersion", 404]);
  });

  test("is an argument's fault where S3 never gave it out, but in a batch a missing version", async () => {
    await put("strange");
    for (const VersionId of [STRANGE, "short", `${STRANGE}x`]) {
      expect(await refusal(remove("strange", { VersionId }))).toEqual(["InvalidArgument", 400]);
      const read = s3.send(new GetObjectCommand({ Bucket, Key: "strange", VersionId }));
      expect(await refusal(read)).toEqual(["InvalidArgument", 400]);
      expect((await batch({ Key: "strange", VersionId })).Errors).toEqual([["strange", "NoSuchVersion"]]);
    }
  });
});

describe("a conditional deletion", () => {
  test("needs the current object's tag", async () => {
    const { ETag } = await put("tagged");
    expect(await refusal(remove("tagged", { IfMatch: '"other"' }))).toEqual(["PreconditionFailed", 412]);
    expect(await remove("tagged", { IfMatch: ETag })).toMatchObject({ status: 204, DeleteMarker: true });
    expect(await refusal(remove("tagged", { IfMatch: "*" }))).toEqual(["NoSuchKey", 404]);
  });

  test("is by tag alone: sizes and dates are for directory buckets", async () => {
    await put("measured");
    const refused = await batch(
      { Key: "measured", Size: 1 },
      { Key: "dated", LastModifiedTime: new Date("2030-01-01") },
    );
    expect(refused).toEqual({
      Deleted: undefined,
      Errors: [
        ["measured", "NotImplemented"],
        ["dated", "NotImplemented"],
      ],
    });
    expect(await refusal(remove("measured", { IfMatchSize: 1 }))).toEqual(["NotImplemented", 501]);
  });

  test("is of the current object: of a version it is NotImplemented", async () => {
    const { ETag, VersionId } = await put("version");
    for (const IfMatch of [ETag, '"other"'])
      expect(await refusal(remove("version", { IfMatch, VersionId }))).toEqual(["NotImplemented", 501]);
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: "version" }))).VersionId).toBe(VersionId);
  });

  test("in a batch is by one tag of a current object", async () => {
    const { ETag, VersionId } = await put("batched");
    expect(await batch({ Key: "batched", ETag, VersionId })).toEqual({ Errors: [["batched", "NotImplemented"]] });
    expect(await batch({ Key: "batched", ETag: `"0", ${ETag}` })).toEqual({
      Errors: [["batched", "PreconditionFailed"]],
    });
    expect((await batch({ Key: "batched", ETag: "*" })).Deleted).toMatchObject([{ DeleteMarker: true }]);
    expect(await batch({ Key: "batched", ETag })).toEqual({ Errors: [["batched", "NoSuchKey"]] });
  });
});

describe("a batch", () => {
  test("with a key that nobody can have is refused whole", async () => {
    const { VersionId } = await put("kept");
    const keyed = (Key: string): Promise<unknown> => batch({ Key: "kept", VersionId }, { Key });
    expect(await refusal(keyed(""))).toEqual(["MalformedXML", 400]);
    expect(await refusal(keyed("k".repeat(1025)))).toEqual(["KeyTooLongError", 400]);
    const many = Array.from({ length: 1001 }, (_, index) => ({ Key: String(index) }));
    expect(await refusal(batch(...many))).toEqual(["MalformedXML", 400]);
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: "kept", VersionId }))).VersionId).toBe(VersionId);
  });

  test("takes a key once, and its quiet answer names failures alone", async () => {
    await put("doubled");
    const Objects = [{ Key: "doubled" }, { Key: "doubled" }];
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toEqual([
      { Key: "doubled", DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) as string },
    ]);
    const Delete = { Quiet: true, Objects: [{ Key: "doubled" }, { Key: "doubled", VersionId: STRANGE }] };
    const quiet = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect([quiet.Deleted, quiet.Errors?.map(({ Code }) => Code)]).toEqual([undefined, ["NoSuchVersion"]]);
  });
});
