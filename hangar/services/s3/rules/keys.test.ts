// Hostile keys over real HTTP: each is its own object or is refused, and none reaches beyond the bucket.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { checkKey } from "./keys.ts";

let folder: string;
let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "hostile-here";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-keys-"));
  cloud = await startCloud({ directory: join(folder, "state") });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

/** A key nobody issued is root of the account, whatever its signature: paths go out as they are. */
const headers = {
  authorization: `AWS4-HMAC-SHA256 Credential=anyone/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
  "x-amz-date": "20260101T000000Z",
  "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
};

function send(
  method: string,
  path: string,
  body?: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port: cloud.port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function keys(Prefix = ""): Promise<(string | undefined)[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, EncodingType: "url" }));
  return Contents.map(({ Key = "" }) => decodeURIComponent(Key.replaceAll("+", " ")));
}

describe("a raw path", () => {
  test.each([
    { path: "a/../b", key: "a/../b" },
    { path: "a/%2e%2e/c", key: "a/../c" },
    { path: ".", key: "." },
    { path: "a//b", key: "a//b" },
    { path: "/rooted", key: "/rooted" },
    { path: "back%5Cslash%5C..%5Cx", key: "back\\slash\\..\\x" },
    { path: "nul%00byte", key: "nul\u0000byte" },
    { path: "line%0D%0AX-Injected:%20yes", key: "line\r\nX-Injected: yes" },
    { path: "slash%2Finside", key: "slash/inside" },
    { path: "__proto__", key: "__proto__" },
    { path: "constructor", key: "constructor" },
    { path: "%F0%9F%98%80", key: "\u{1f600}" },
    { path: "%EF%BF%BD", key: "\ufffd" },
    { path: "plus+and%20space%2B", key: "plus+and space+" },
    { path: "x".repeat(1024), key: "x".repeat(1024) },
    { path: "%C3%BC".repeat(512), key: "ü".repeat(512) },
  ])("$path is an object of its own", async ({ path, key }) => {
    expect((await send("PUT", `/${Bucket}/${path}`, key)).status).toBe(200);
    expect(await send("GET", `/${Bucket}/${path}`)).toEqual({ status: 200, text: key });
    expect(await keys(key)).toContain(key);
  });

  test.each([
    { path: "..", code: "InvalidURI" },
    { path: "../other-bucket/x", code: "InvalidURI" },
    { path: "a/../../../etc/passwd", code: "InvalidURI" },
    { path: "%2e%2e/%2e%2e/etc/passwd", code: "InvalidURI" },
    { path: "./../x", code: "InvalidURI" },
    { path: "%FF%FE", code: "InvalidURI" },
    { path: "%C3%28", code: "InvalidURI" },
    { path: "%ED%A0%80", code: "InvalidURI" },
    { path: "%zz", code: "InvalidURI" },
    { path: "x".repeat(1025), code: "KeyTooLongError" },
    { path: `${"%C3%BC".repeat(512)}x`, code: "KeyTooLongError" },
  ])("$path is refused, whatever is asked of it", async ({ path, code }) => {
    for (const method of ["PUT", "GET", "DELETE"]) {
      const { status, text } = await send(method, `/${Bucket}/${path}`, method === "PUT" ? "x" : undefined);
      expect([status, /<Code>(.*)<\/Code>/.exec(text)?.[1]]).toEqual([400, code]);
    }
  });

  test("nothing is ever written beside the cloud's own folder", async () => {
    expect(await readdir(folder)).toEqual(["state"]);
    const names = await readdir(join(folder, "state"), { recursive: true });
    expect(names.filter((name) => /passwd|rooted|slash|proto|nul/.test(name))).toEqual([]);
  });
});

describe("a key that continues another after a NUL", () => {
  test("has versions of its own", async () => {
    const Bucket = "nul-here";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    for (const Key of ["a", "a\u0000", "a\u0000b"])
      for (const Body of ["1", "2"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Body + Key }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    const { Versions = [], DeleteMarkers = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket, EncodingType: "url" }),
    );
    const shown = Versions.map(({ Key, IsLatest }) => `${Key} ${IsLatest}`);
    expect(shown.toSorted()).toEqual(
      ["a false", "a false", "a%00 false", "a%00 true", "a%00b false", "a%00b true"].toSorted(),
    );
    expect(DeleteMarkers.map(({ Key }) => Key)).toEqual(["a"]);
    for (const { Key = "", VersionId } of [...Versions, ...DeleteMarkers].filter((each) => each.Key === "a"))
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "a\u0000b" }));
    expect(await Body?.transformToString()).toBe("2a\u0000b");
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).rejects.toMatchObject({ name: "NoSuchKey" });
  });
});

describe("any key at all", () => {
  test("is read back as itself and never as another", async () => {
    const character = fc.constantFrom(
      "a",
      "/",
      ".",
      "\u0000",
      "\\",
      "\r",
      "\n",
      "%",
      "+",
      " ",
      "ü",
      "\u{1f600}",
      "\uff61",
    );
    const key = fc.array(character, { minLength: 1, maxLength: 6 }).map((characters) => `any/${characters.join("")}`);
    const isTaken = (each: string): boolean => {
      try {
        checkKey(each);
        return true;
      } catch {
        return false;
      }
    };
    const property = fc.asyncProperty(
      fc.uniqueArray(key.filter(isTaken), { minLength: 2, maxLength: 6 }),
      async (all) => {
        for (const Key of all) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
        for (const Key of all) {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
          expect(await Body?.transformToString()).toBe(Key);
        }
        const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
        expect(await keys("any/")).toEqual(all.toSorted(byBytes));
        for (const Key of all) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
