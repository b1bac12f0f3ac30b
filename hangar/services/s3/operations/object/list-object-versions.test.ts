// Versions, delete markers and listings through the SDK.

import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as {
    name: string;
    $metadata: { httpStatusCode: number };
  };
  return [error.name, error.$metadata?.httpStatusCode];
}

async function versioned(Bucket: string, more: object = {}): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket, ...more }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  return Bucket;
}

async function put(Bucket: string, Key: string, Body = Key): Promise<string> {
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return VersionId ?? "";
}

/** `key:version` of all versions, `!` for markers, `*` for the latest. */
async function versions(Bucket: string, more: object = {}): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, ...more }));
  return [
    ...Versions.map((each) => `${each.Key}:${each.VersionId}${each.IsLatest === true ? "*" : ""}`),
    ...DeleteMarkers.map((each) => `!${each.Key}:${each.VersionId}${each.IsLatest === true ? "*" : ""}`),
  ];
}

async function read(Bucket: string, Key: string, VersionId?: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return (await Body?.transformToString()) ?? "";
}

describe("versions", () => {
  test("pile up, the newest first, each readable by its id", async () => {
    const Bucket = await versioned("ver-pile");
    const one = await put(Bucket, "k", "1");
    const two = await put(Bucket, "k", "2");
    expect(one).toMatch(/^[\w.]{32}$/);
    expect(await versions(Bucket)).toEqual([`k:${two}*`, `k:${one}`]);
    expect([await read(Bucket, "k"), await read(Bucket, "k", one), await read(Bucket, "k", two)]).toEqual([
      "2",
      "1",
      "2",
    ]);
    expect(await failure(read(Bucket, "k", "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"))).toEqual(["InvalidArgument", 400]);
    expect(await failure(read(Bucket, "k", "nope"))).toEqual(["InvalidArgument", 400]);
  });

  test("a deletion leaves a marker; removing the marker brings the object back", async () => {
    const Bucket = await versioned("ver-marker");
    const one = await put(Bucket, "k", "1");
    const { DeleteMarker, VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    expect(DeleteMarker).toBe(true);
    expect(await failure(read(Bucket, "k"))).toEqual(["NoSuchKey", 404]);
    expect(await failure(read(Bucket, "k", marker))).toEqual(["MethodNotAllowed", 405]);
    expect(await versions(Bucket)).toEqual([`k:${one}`, `!k:${marker}*`]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: marker }))).toMatchObject({
      DeleteMarker: true,
      VersionId: marker,
    });
    expect(await read(Bucket, "k")).toBe("1");
  });

  test("removing the newest version uncovers the one before", async () => {
    const Bucket = await versioned("ver-uncover");
    const one = await put(Bucket, "k", "1");
    const two = await put(Bucket, "k", "2");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: two }));
    expect([await read(Bucket, "k"), await versions(Bucket)]).toEqual(["1", [`k:${one}*`]]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: one }));
    expect(await versions(Bucket)).toEqual([]);
    await s3.send(new DeleteBucketCommand({ Bucket }));
  });

  test("objects from before versioning are the null version; suspended writes replace it", async () => {
    const Bucket = "ver-null";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await put(Bucket, "k", "old");
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    const one = await put(Bucket, "k", "1");
    expect(await versions(Bucket)).toEqual([`k:${one}*`, "k:null"]);
    expect(await read(Bucket, "k", "null")).toBe("old");
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    await put(Bucket, "k", "suspended");
    expect(await versions(Bucket)).toEqual(["k:null*", `k:${one}`]);
    expect(await read(Bucket, "k", "null")).toBe("suspended");
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    expect([VersionId, await versions(Bucket)]).toEqual(["null", [`k:${one}`, "!k:null*"]]);
    expect(await failure(s3.send(new DeleteBucketCommand({ Bucket })))).toEqual(["BucketNotEmpty", 409]);
  });

  test("are listed in pages that go on within a key", async () => {
    const Bucket = await versioned("ver-pages");
    for (const body of ["1", "2", "3"]) for (const key of ["a", "b/1", "b/2", "c"]) await put(Bucket, key, body);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "b/1" }));
    const all = new Set(await versions(Bucket));
    const seen: string[] = [];
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    for (;;) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, KeyMarker, VersionIdMarker }));
      seen.push(...versionsOf(page));
      if (page.IsTruncated !== true) break;
      ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
    }
    expect(seen.length).toBe(13);
    expect(new Set(seen)).toEqual(all);
    expect(await versions(Bucket, { KeyMarker: "b/2" })).toHaveLength(3);
    const { CommonPrefixes, Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket, Delimiter: "/" }));
    expect([CommonPrefixes, Versions?.length]).toEqual([[{ Prefix: "b/" }], 6]);
  });
});

function versionsOf(page: Pick<ListObjectVersionsCommandOutput, "Versions" | "DeleteMarkers">): string[] {
  return [
    ...(page.Versions ?? []).map((each) => `${each.Key}:${each.VersionId}${each.IsLatest === true ? "*" : ""}`),
    ...(page.DeleteMarkers ?? []).map((each) => `!${each.Key}:${each.VersionId}${each.IsLatest === true ? "*" : ""}`),
  ];
}

describe("listings", () => {
  const Bucket = "listed-here";
  const keys = ["a", "a/1", "a/2", "b/x/1", "b/x/2", "b/y", "c", "d e", "ä", "😀", "\uff61"];

  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    for (const key of keys) await put(Bucket, key);
  });

  const list = async (more: object = {}): Promise<unknown> => {
    const { Contents = [], CommonPrefixes = [] } = await s3.send(new ListObjectsV2Command({ Bucket, ...more }));
    return [Contents.map((each) => each.Key), CommonPrefixes.map((each) => each.Prefix)];
  };

  test("are in UTF-8 byte order", async () => {
    expect(await list()).toEqual([[...keys.slice(0, 8), "ä", "\uff61", "😀"], []]);
  });

  test("roll up at the delimiter", async () => {
    expect(await list({ Delimiter: "/" })).toEqual([
      ["a", "c", "d e", "ä", "\uff61", "😀"],
      ["a/", "b/"],
    ]);
    expect(await list({ Delimiter: "/", Prefix: "b/" })).toEqual([["b/y"], ["b/x/"]]);
    expect(await list({ Delimiter: "/", StartAfter: "b/x/1" })).toEqual([["c", "d e", "ä", "\uff61", "😀"], []]);
    expect(await list({ Prefix: "a/", StartAfter: "a/1" })).toEqual([["a/2"], []]);
  });

  test("go on where a page ended, common prefixes counted", async () => {
    const seen: unknown[] = [];
    for await (const { Contents = [], CommonPrefixes = [], KeyCount } of paginateListObjectsV2(
      { client: s3, pageSize: 2 },
      { Bucket, Delimiter: "/" },
    )) {
      seen.push([KeyCount, ...Contents.map((each) => each.Key), ...CommonPrefixes.map((each) => each.Prefix)]);
    }
    expect(seen).toEqual([
      [2, "a", "a/"],
      [2, "c", "b/"],
      [2, "d e", "ä"],
      [2, "\uff61", "😀"],
    ]);
  });

  test("of version 1 have markers, and NextMarker with a delimiter only", async () => {
    const first = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1, Delimiter: "/", Prefix: "b/" }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: "b/x/", CommonPrefixes: [{ Prefix: "b/x/" }] });
    const next = await s3.send(
      new ListObjectsCommand({ Bucket, MaxKeys: 1, Delimiter: "/", Prefix: "b/", Marker: "b/x/" }),
    );
    expect(next.Contents?.map((each) => each.Key)).toEqual(["b/y"]);
    const plain = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1 }));
    expect([plain.IsTruncated, plain.NextMarker, plain.Contents?.[0]?.Owner?.ID?.length]).toEqual([
      true,
      undefined,
      64,
    ]);
  });

  test("encode keys when asked, and refuse what they cannot do", async () => {
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: "url", Prefix: "d" }));
    expect(Contents?.map((each) => each.Key)).toEqual(["d+e"]);
    expect(await failure(s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "wrong" })))).toEqual([
      "InvalidArgument",
      400,
    ]);
    expect(await failure(s3.send(new ListObjectsV2Command({ Bucket, EncodingType: "value" as "url" })))).toEqual([
      "InvalidArgument",
      400,
    ]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).KeyCount).toBe(0);
  });
});

describe("tags and archives", () => {
  test("tags are set, counted, told and removed", async () => {
    const Bucket = "tagged-here";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x", Tagging: "a=1&b=two%20words" }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "k" }))).TagSet).toEqual([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "two words" },
    ]);
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: "k" }))).TagCount).toBe(2);
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: "k", Tagging: { TagSet: [{ Key: "c", Value: "3" }] } }));
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: "k" }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "k" }))).TagSet).toEqual([]);
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    expect(
      (await failure(s3.send(new PutObjectTaggingCommand({ Bucket, Key: "k", Tagging: { TagSet: eleven } }))))[1],
    ).toBe(400);
    const aws = new PutObjectTaggingCommand({ Bucket, Key: "k", Tagging: { TagSet: [{ Key: "aws:x", Value: "v" }] } });
    expect(await failure(s3.send(aws))).toEqual(["InvalidTag", 400]);
  });

  test("DeleteObjects leaves markers in a versioned bucket", async () => {
    const Bucket = await versioned("del-versioned");
    await put(Bucket, "k");
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "k" }] } }));
    expect(Deleted).toEqual([
      { Key: "k", DeleteMarker: true, DeleteMarkerVersionId: expect.stringMatching(/^[\w.]{32}$/) as string },
    ]);
  });
});
