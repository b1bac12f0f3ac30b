// What S3 asks of requests before it reads what they say: digests of the body, its length, and who sends it.

import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, say, type Raw, type RawAnswer } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
const bucket = "/raw-bodies";

beforeAll(async () => {
  cloud = await startCloud();
  await say(cloud, { method: "PUT", path: bucket, headers: [["x-amz-bucket-object-lock-enabled", "true"]] });
  await say(cloud, { method: "PUT", path: `${bucket}/k`, body: "k" });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const told = (answer: RawAnswer, member: string) => errorOf(answer)[member];
const md5 = (body: string) => ["content-md5", createHash("md5").update(body).digest("base64")] as const;
function crc(body: string): readonly [string, string] {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return ["x-amz-checksum-crc32", bytes.toString("base64")];
}

const rule = "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>";
const days = "<Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration>";
const either = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
const until = new Date(Date.now() + 86_400_000).toISOString();
const TAGS = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
const VERSIONING = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const DELETE = "<Delete><Object><Key>none</Key></Object></Delete>";

describe("a checksum of the body", () => {
  const demanded = [
    ["cors", `<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`, either],
    ["tagging", TAGS, either],
    [
      "object-lock",
      "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>",
      either,
    ],
    [
      "lifecycle",
      `<LifecycleConfiguration><Rule>${days}</Rule></LifecycleConfiguration>`,
      "Missing required header for this request: Content-MD5",
    ],
  ] as const;

  test.each(demanded)("is demanded of PUT ?%s", async (query, body, message) => {
    const put: Raw = { method: "PUT", path: bucket, query: `${query}=`, body };
    const missing = await say(cloud, put);
    expect([missing.status, told(missing, "Message")]).toEqual([400, message]);
    // The name of an algorithm is no checksum.
    const named = await say(cloud, { ...put, headers: [["x-amz-sdk-checksum-algorithm", "CRC32"]] });
    expect(told(named, "Message")).toBe(message);
    expect((await say(cloud, { ...put, headers: [md5(body)] })).status).toBeLessThan(300);
    expect((await say(cloud, { ...put, headers: [crc(body)] })).status).toBeLessThan(300);
  });

  test("is demanded of locks of objects and of batches", async () => {
    const hold: Raw = {
      method: "PUT",
      path: `${bucket}/k`,
      query: "legal-hold=",
      body: "<LegalHold><Status>OFF</Status></LegalHold>",
    };
    const batch: Raw = { method: "POST", path: bucket, query: "delete=", body: DELETE };
    for (const request of [hold, batch]) {
      expect(told(await say(cloud, request), "Message")).toBe(either);
      expect((await say(cloud, { ...request, headers: [md5(request.body ?? "")] })).status).toBe(200);
    }
  });

  test("is demanded of an object that is put under retention", async () => {
    const put: Raw = { method: "PUT", path: `${bucket}/locked`, body: "x" };
    const locked = [
      ["x-amz-object-lock-mode", "GOVERNANCE"],
      ["x-amz-object-lock-retain-until-date", until],
    ] as const;
    expect(told(await say(cloud, { ...put, headers: locked }), "Message")).toBe(
      "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
    );
    expect((await say(cloud, { ...put, headers: [...locked, crc("x")] })).status).toBe(200);
  });

  test.each([
    [["content-md5", "0000"], "InvalidDigest"],
    [md5("other"), "BadDigest"],
    [crc("other"), "BadDigest"],
    [["x-amz-checksum-crc32", "AAA="], "InvalidRequest"],
    [["x-amz-checksum-xxhash64", "AAAAAAAAAAA="], "BadDigest"],
  ] as const)("%j that is none of the body's is %s, though nobody demanded any", async (header, code) => {
    const put: Raw = { method: "PUT", path: bucket, query: "versioning=", body: VERSIONING, headers: [header] };
    const answer = await say(cloud, put);
    expect([answer.status, told(answer, "Code")]).toEqual([400, code]);
  });

  test("is one, and a completion's is the object's", async () => {
    const put: Raw = { method: "PUT", path: bucket, query: "versioning=", body: VERSIONING };
    expect((await say(cloud, put)).status).toBe(200);
    const two = await say(cloud, {
      ...put,
      headers: [crc(VERSIONING), ["x-amz-checksum-sha1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="]],
    });
    expect(told(two, "Message")).toMatch(/^Expecting a single x-amz-checksum- header/);
    const made = await say(cloud, { method: "POST", path: `${bucket}/parts`, query: "uploads=" });
    const id = /<UploadId>(.+?)</.exec(made.body)?.[1] ?? "";
    const body = "<CompleteMultipartUpload><Part><ETag>x</ETag></Part></CompleteMultipartUpload>";
    const done = await say(cloud, {
      method: "POST",
      path: `${bucket}/parts`,
      query: `uploadId=${id}`,
      body,
      headers: [crc("x")],
    });
    // Not BadDigest; but a part has a number.
    expect(told(done, "Code")).toBe("MalformedXML");
  });
});

describe("a body that is longer than its operation takes", () => {
  test.each([
    ["PUT", "versioning=", VERSIONING, 1024],
    ["PUT", "tagging=", TAGS, 163_840],
    ["POST", "delete=", DELETE, 2_048_000],
  ])("%s ?%s is MaxMessageLengthExceeded, not a byte shorter", async (method, query, text, most) => {
    const padded = (length: number): string => text.replace("><", `><!--${"x".repeat(length - text.length - 7)}--><`);
    const request = (body: string): Raw => ({ method, path: bucket, query, body, headers: [md5(body)] });
    expect((await say(cloud, request(padded(most)))).status).toBeLessThan(300);
    const answer = await say(cloud, request(padded(most + 1)));
    const words = ["Code", "Message", "MaxMessageLengthBytes"].map((name) => told(answer, name));
    expect(words).toEqual(["MaxMessageLengthExceeded", "Your request was too big.", String(most)]);
  });
});

describe("what only directory buckets do", () => {
  test.each([
    ["renameObject=", ["x-amz-rename-source", "/raw-bodies/k"], "QueryParameter", "renameObject"],
    ["", ["x-amz-rename-source", "/raw-bodies/k"], "Header", "x-amz-rename-source"],
    ["", ["x-amz-write-offset-bytes", "0"], "Header", "x-amz-write-offset-bytes"],
  ] as const)("?%s with %j is NotImplemented", async (query, header, member, value) => {
    const answer = await say(cloud, { method: "PUT", path: `${bucket}/new`, query, headers: [header], body: "x" });
    expect([answer.status, told(answer, "Code"), told(answer, member)]).toEqual([501, "NotImplemented", value]);
    expect((await say(cloud, { method: "HEAD", path: `${bucket}/new` })).status).toBe(404);
  });

  test("a session with any other is its listing", async () => {
    const answer = await say(cloud, { method: "GET", path: bucket, query: "session=" });
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining("<Name>raw-bodies</Name>")]);
  });
});

test("a POST is a form to a bucket, and nothing to an object", async () => {
  const form = await say(cloud, { method: "POST", path: bucket });
  expect([form.status, told(form, "Condition")]).toEqual([
    412,
    "Bucket POST must be of the enclosure-type multipart/form-data",
  ]);
  const object = await say(cloud, { method: "POST", path: `${bucket}/k` });
  expect([object.status, told(object, "ResourceType")]).toEqual([405, "OBJECT"]);
});

test.each([
  ["", "Authorization header is invalid -- one and only one ' ' (space) required"],
  ["garbage", "Authorization header is invalid -- one and only one ' ' (space) required"],
  ["Bearer token", "Unsupported Authorization Type"],
])("an authorization of %j is an argument's fault", async (authorization, message) => {
  const answer = await fetch(`${cloud.endpoint}${bucket}/k`, { headers: { authorization } });
  const text = await answer.text();
  expect([answer.status, text]).toEqual([400, expect.stringContaining("<Code>InvalidArgument</Code>")]);
  expect(text.replaceAll("&apos;", "'")).toContain(`<Message>${message}</Message>`);
});

test.each(["GET", "HEAD"])("%s has nothing to say of how an object is encrypted", async (method) => {
  const headers = [["x-amz-server-side-encryption", "AES256"]] as const;
  const answer = await say(cloud, { method, path: `${bucket}/k`, headers });
  const words = "x-amz-server-side-encryption header is not supported for this operation.";
  expect([answer.status, told(answer, "Message")]).toEqual([400, method === "HEAD" ? undefined : words]);
});

test("encryption by a method that is none is the argument's fault", async () => {
  const name = "x-amz-server-side-encryption";
  const answer = await say(cloud, { method: "PUT", path: `${bucket}/k`, headers: [[name, "aes:kms"]], body: "k" });
  expect([answer.status, told(answer, "Code"), told(answer, "Message"), told(answer, "ArgumentName")]).toEqual([
    400,
    "InvalidArgument",
    "The encryption method specified is not supported",
    name,
  ]);
});

test("a bucket's versioning is set whatever the document is called", async () => {
  const body = VERSIONING.replaceAll("VersioningConfiguration", "Whatever");
  const answer = await say(cloud, { method: "PUT", path: bucket, query: "versioning=", headers: [md5(body)], body });
  expect(answer.status).toBe(200);
});
