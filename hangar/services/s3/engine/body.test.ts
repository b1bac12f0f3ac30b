// Bodies in the store: shared by forks, gone when nobody names them, never left half, never whole in memory.

import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { readdirSync, statSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { get, request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Cloud } from "../../../cloud/cloud.ts";
import { blobsFolder } from "../../../cloud/persistence.ts";
import type { World } from "../../../cloud/world.ts";
import { handlerOf } from "../../../gateway/handle.ts";
import { inProcessHandler } from "../../../gateway/in-process.ts";
import { openCloud } from "../../../index.ts";

let directory: string;
let cloud: Cloud;
let close: () => Promise<void>;
let s3: S3Client;
const Bucket = "bodies-here";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-bodies-"));
  ({ cloud, close } = await openCloud({ directory }));
  s3 = clientOf(cloud.world);
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await close();
  await rm(directory, { recursive: true, force: true });
});

function clientOf(world: World): S3Client {
  return new S3Client({
    endpoint: cloud.origin,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: inProcessHandler(handlerOf(cloud, world)),
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
}

const NAME = /^(?:[0-9a-f]{56}--sealed|incoming-.*)$/;

/** Bodies and half bodies in the store's folder. */
async function bodies(): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.map((name) => name.split("/").at(-1) ?? "").filter((name) => NAME.test(name));
}

/** What has come of the one upload under way. */
function onDisk(): number {
  const root = blobsFolder(directory);
  const [name] = readdirSync(root).filter((each) => each.startsWith("incoming"));
  return name === undefined ? 0 : statSync(join(root, name)).size;
}

async function text(client: S3Client, Key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

describe("forks", () => {
  test("share bodies; what one deletes or overwrites stays for the others, and goes with the last", async () => {
    const before = (await bodies()).length;
    await s3.send(new PutObjectCommand({ Bucket, Key: "shared", Body: "as it was" }));
    const [one, other] = [cloud.world.fork("one"), cloud.world.fork("other")];
    const [first, second] = [clientOf(one), clientOf(other)];
    expect((await bodies()).length).toBe(before + 1);
    await first.send(new DeleteObjectCommand({ Bucket, Key: "shared" }));
    await second.send(new PutObjectCommand({ Bucket, Key: "shared", Body: "as the other has it" }));
    await cloud.sweepBodies();
    expect([await text(s3, "shared"), await text(second, "shared")]).toEqual(["as it was", "as the other has it"]);
    await expect(text(first, "shared")).rejects.toMatchObject({ name: "NoSuchKey" });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "shared" }));
    other.dispose();
    one.dispose();
    await cloud.sweepBodies();
    expect((await bodies()).length).toBe(before);
  });

  test("of the same name that write the same bytes do not disturb one another", async () => {
    const [one, other] = [cloud.world.fork("twin"), cloud.world.fork("twin")];
    for (const world of [one, other])
      await clientOf(world).send(new PutObjectCommand({ Bucket, Key: "twin", Body: "alike" }));
    await clientOf(one).send(new DeleteObjectCommand({ Bucket, Key: "twin" }));
    one.dispose();
    await cloud.sweepBodies();
    expect(await text(clientOf(other), "twin")).toBe("alike");
    other.dispose();
  });
});

describe("a sweep", () => {
  test("takes overwritten, deleted and aborted bodies, and leaves copies and uploads under way", async () => {
    await cloud.sweepBodies();
    const before = (await bodies()).length;
    await s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body: "kept" }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copied", CopySource: `${Bucket}/kept` }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body: "overwritten" }));
    const start = () => s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "parts" }));
    const [open, aborted] = [await start(), await start()];
    for (const { UploadId } of [open, aborted])
      await s3.send(new UploadPartCommand({ Bucket, Key: "parts", UploadId, PartNumber: 1, Body: "part" }));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "parts", UploadId: aborted.UploadId }));
    expect((await bodies()).length).toBe(before + 5);
    expect(await cloud.sweepBodies()).toBe(2);
    expect([await text(s3, "kept"), await text(s3, "copied")]).toEqual(["overwritten", "kept"]);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "parts", UploadId: open.UploadId }));
    for (const Key of ["kept", "copied"]) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await cloud.sweepBodies()).toBe(3);
    expect((await bodies()).length).toBe(before);
  });
});

describe("a restart", () => {
  test("finds every body that a row names, and no other, after a sweep", async () => {
    const folder = join(directory, "restarted");
    const first = await openCloud({ directory: folder });
    const connect = (at: typeof first): S3Client =>
      new S3Client({
        endpoint: at.cloud.origin,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        forcePathStyle: true,
      });
    const before = connect(first);
    await before.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ["kept", "gone"])
      await before.send(new PutObjectCommand({ Bucket, Key, Body: Key.repeat(30_000) }));
    await before.send(new DeleteObjectCommand({ Bucket, Key: "gone" }));
    expect(await first.cloud.sweepBodies()).toBe(1);
    await first.close();
    const second = await openCloud({ directory: folder });
    expect(await text(connect(second), "kept")).toBe("kept".repeat(30_000));
    expect(await second.cloud.sweepBodies()).toBe(0);
    await second.close();
  });
});

describe("an upload that breaks off", () => {
  test("leaves neither an object nor a file", async () => {
    const before = (await bodies()).toSorted();
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "broken" }));
    const outgoing = request(url, { method: "PUT", headers: { "content-length": 10_000_000 } });
    outgoing.on("error", () => undefined);
    await new Promise((resolve) => outgoing.write(Buffer.alloc(3_000_000), resolve));
    const begun = async () => expect((await bodies()).some((name) => name.startsWith("incoming"))).toBe(true);
    await vi.waitFor(begun, { timeout: 20_000 });
    outgoing.destroy();
    await vi.waitFor(async () => expect((await bodies()).toSorted()).toEqual(before), { timeout: 20_000 });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "broken" }))).rejects.toMatchObject({ name: "NotFound" });
  });
});

describe("a large body", () => {
  const size = 64 * 1024 * 1024;
  const chunk = Buffer.alloc(256 * 1024, 5);

  test("goes to the disk as it comes: what is under way is a few chunks at most", async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "large" }));
    const outgoing = request(url, { method: "PUT", headers: { "content-length": size } });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once("response", resolve);
      outgoing.once("error", reject);
    });
    let most = 0;
    for (let sent = 0; sent < size; sent += chunk.length) {
      if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once("drain", resolve));
      most = Math.max(most, sent - onDisk());
    }
    outgoing.end();
    const response = await answered;
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(most).toBeLessThan(size / 4);
  });

  test("is read from the disk only as fast as its reader takes it", async () => {
    let read = 0;
    const original = cloud.blobs.lend.bind(cloud.blobs);
    const spy = vi.spyOn(cloud.blobs, "lend").mockImplementation((...asked) => {
      const counted = async function* (): AsyncGenerator<Uint8Array> {
        for await (const piece of original(...asked)) {
          read += piece.length;
          yield piece;
        }
      };
      return counted();
    });
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "large" }));
    const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).once("error", reject));
    response.pause();
    let before = -1;
    // Until nothing moves any more: the socket's buffers are full.
    await vi.waitFor(
      () => {
        const still = read > 0 && read === before;
        before = read;
        expect(still).toBe(true);
      },
      { interval: 100, timeout: 20_000 },
    );
    expect(read).toBeLessThan(size / 2);
    let got = 0;
    for await (const piece of response) got += (piece as Buffer).length;
    expect([got, read]).toEqual([size, size]);
    spy.mockRestore();
  });

  test("whose reader hangs up is let go", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "large" }));
    const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).once("error", reject));
    await new Promise((resolve) => response.once("data", resolve));
    response.destroy();
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "large" }));
    await vi.waitFor(async () => expect(await cloud.sweepBodies()).toBe(1), { timeout: 20_000 });
  });
});
