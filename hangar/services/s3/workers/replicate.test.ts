// Replication between buckets and regions, through the SDK and on a world's clock.

import {
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { makeBucket, makeRole, replicate, statusOf, to } from "./test-replication.ts";

let cloud: RunningCloud;
let s3: S3Client;
let west: S3Client;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  west = new S3Client({ ...cloud.clientConfig(), region: "eu-west-1" });
  await makeRole(new IAMClient(cloud.clientConfig()), "replicator", ["s3:*", "kms:Encrypt", "kms:Decrypt"]);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("a replica", () => {
  test("has the version id, bytes, metadata and tags of its source, in another region", async () => {
    await makeBucket(s3, "from-east");
    await makeBucket(west, "to-west");
    await replicate(s3, "from-east", [
      to("to-west", { Destination: { Bucket: "arn:aws:s3:::to-west", StorageClass: "STANDARD_IA" } }),
    ]);
    const object = { Bucket: "from-east", Key: "a/b.txt" };
    const put = await s3.send(
      new PutObjectCommand({
        ...object,
        Body: "hello",
        ContentType: "text/plain",
        Metadata: { who: "me" },
        Tagging: "x=1",
      }),
    );
    await cloud.settle();
    expect(await statusOf(s3, "from-east", "a/b.txt")).toBe("COMPLETED");
    const replica = await west.send(new GetObjectCommand({ Bucket: "to-west", Key: "a/b.txt" }));
    expect(await replica.Body?.transformToString()).toBe("hello");
    expect(replica).toMatchObject({
      VersionId: put.VersionId,
      ETag: put.ETag,
      ContentType: "text/plain",
      Metadata: { who: "me" },
      StorageClass: "STANDARD_IA",
      TagCount: 1,
      ReplicationStatus: "REPLICA",
    });
    const source = await s3.send(new HeadObjectCommand(object));
    expect(replica.LastModified).toEqual(source.LastModified);
  });

  test("follows its source's tags, until it is deleted for good", async () => {
    const object = { Bucket: "from-east", Key: "a/b.txt" };
    await s3.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [{ Key: "y", Value: "2" }] } }));
    await cloud.settle();
    const there = { Bucket: "to-west", Key: "a/b.txt" };
    expect((await west.send(new GetObjectTaggingCommand(there))).TagSet).toEqual([{ Key: "y", Value: "2" }]);
    await s3.send(new DeleteObjectTaggingCommand(object));
    await cloud.settle();
    expect((await west.send(new GetObjectTaggingCommand(there))).TagSet).toEqual([]);
    const { VersionId } = await west.send(new HeadObjectCommand(there));
    await west.send(new DeleteObjectCommand({ ...there, VersionId }));
    await s3.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [{ Key: "z", Value: "3" }] } }));
    await cloud.settle();
    expect(await statusOf(s3, "from-east", "a/b.txt")).toBe("FAILED");
  });

  test("gets the delete markers, but not the deletion of versions", async () => {
    const object = { Bucket: "from-east", Key: "gone" };
    const put = await s3.send(new PutObjectCommand({ ...object, Body: "1" }));
    const marker = await s3.send(new DeleteObjectCommand(object));
    await cloud.settle();
    await s3.send(new DeleteObjectCommand({ ...object, VersionId: put.VersionId }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await west.send(
      new ListObjectVersionsCommand({ Bucket: "to-west", Prefix: "gone" }),
    );
    expect(Versions?.map((version) => version.VersionId)).toEqual([put.VersionId]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
  });

  test("is not replicated again, and two buckets can replicate each other", async () => {
    for (const name of ["chain-a", "chain-b", "chain-c"]) await makeBucket(s3, name);
    await replicate(s3, "chain-a", [to("chain-b")]);
    await replicate(s3, "chain-b", [
      to("chain-a", {
        SourceSelectionCriteria: { ReplicaModifications: { Status: "Enabled" } },
      }),
      to("chain-c", { Priority: 2 }),
    ]);
    const put = await s3.send(new PutObjectCommand({ Bucket: "chain-a", Key: "k", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "chain-b", "k")).toBe("REPLICA");
    await expect(s3.send(new HeadObjectCommand({ Bucket: "chain-c", Key: "k" }))).rejects.toMatchObject({
      name: "NotFound",
    });
    const back = await s3.send(new PutObjectCommand({ Bucket: "chain-b", Key: "k", Body: "2" }));
    await s3.send(
      new PutObjectTaggingCommand({
        Bucket: "chain-b",
        Key: "k",
        VersionId: put.VersionId,
        Tagging: { TagSet: [{ Key: "of", Value: "b" }] },
      }),
    );
    await cloud.settle();
    expect(await statusOf(s3, "chain-b", "k", put.VersionId)).toBe("REPLICA");
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: "chain-a" }));
    expect(Versions?.map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [back.VersionId, true],
      [put.VersionId, false],
    ]);
    const first = { Bucket: "chain-a", Key: "k", VersionId: put.VersionId };
    expect((await s3.send(new GetObjectTaggingCommand(first))).TagSet).toEqual([{ Key: "of", Value: "b" }]);
  });

  test("keeps the lock of its source, if its bucket has locks", async () => {
    await makeBucket(s3, "locked-from", { lock: true });
    await makeBucket(s3, "locked-to", { lock: true });
    await makeBucket(s3, "open-to");
    await replicate(s3, "locked-from", [to("locked-to"), to("open-to", { Priority: 2 })]);
    await s3.send(
      new PutObjectCommand({ Bucket: "locked-from", Key: "k", Body: "1", ObjectLockLegalHoldStatus: "ON" }),
    );
    await cloud.settle();
    const there = { Bucket: "locked-to", Key: "k" };
    expect(await s3.send(new HeadObjectCommand(there))).toMatchObject({ ObjectLockLegalHoldStatus: "ON" });
    expect(await statusOf(s3, "locked-from", "k")).toBe("FAILED");
    await s3.send(new PutObjectLegalHoldCommand({ Bucket: "locked-from", Key: "k", LegalHold: { Status: "OFF" } }));
    await cloud.settle();
    expect(await s3.send(new HeadObjectCommand(there))).toMatchObject({ ObjectLockLegalHoldStatus: "OFF" });
  });
});

describe("rules", () => {
  test("choose by prefix and tags, the highest priority for each destination", async () => {
    for (const name of ["chooses", "chosen", "second"]) await makeBucket(s3, name);
    const Filter = { And: { Prefix: "in/", Tags: [{ Key: "keep", Value: "yes" }] } };
    const cold = { Destination: { Bucket: "arn:aws:s3:::chosen", StorageClass: "STANDARD_IA" as const } };
    await replicate(s3, "chooses", [
      to("chosen", { ID: "tagged", Filter, Priority: 5, DeleteMarkerReplication: { Status: "Disabled" }, ...cold }),
      to("chosen", {
        ID: "all",
        Filter: { Prefix: "in/" },
        Priority: 2,
        DeleteMarkerReplication: { Status: "Disabled" },
      }),
      to("second", { ID: "off", Status: "Disabled", Priority: 9 }),
    ]);
    await s3.send(new PutObjectCommand({ Bucket: "chooses", Key: "in/1", Body: "-", Tagging: "keep=yes" }));
    await s3.send(new PutObjectCommand({ Bucket: "chooses", Key: "in/2", Body: "-" }));
    await s3.send(new PutObjectCommand({ Bucket: "chooses", Key: "out/3", Body: "-", Tagging: "keep=yes" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "chooses", Key: "in/2" }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: "chosen" }));
    expect(Versions?.map((version) => [version.Key, version.StorageClass])).toEqual([
      ["in/1", "STANDARD_IA"],
      ["in/2", "STANDARD"],
    ]);
    expect(DeleteMarkers).toBeUndefined();
    expect(await statusOf(s3, "chooses", "out/3")).toBeUndefined();
    expect((await s3.send(new ListObjectVersionsCommand({ Bucket: "second" }))).Versions).toBeUndefined();
  });

  test("of the older schema, by a prefix alone, send delete markers on", async () => {
    await makeBucket(s3, "old-from");
    await makeBucket(s3, "old-to");
    const Destination = { Bucket: "arn:aws:s3:::old-to" };
    await replicate(s3, "old-from", [{ Status: "Enabled", Prefix: "", Destination }]);
    await s3.send(new PutObjectCommand({ Bucket: "old-from", Key: "k", Body: "-" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "old-from", Key: "k" }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: "old-to" }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([1, 1]);
  });
});
