// HTTP as S3 takes it, byte by byte over a socket: lengths, conditions, ranges, digests, keys and headers of all kinds.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, exchange, say, signedHead, type Raw } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
const path = "/raw-bucket/k";
const etag = '"5eb63bbbe01eeed093cb22bb8f5acdc3"';

beforeAll(async () => {
  cloud = await startCloud();
  await say(cloud, { method: "PUT", path: "/raw-bucket" });
  await say(cloud, { method: "PUT", path, body: "hello world" });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (more: Partial<Raw>): Raw => ({ method: "PUT", path: "/raw-bucket/new", ...more });
const get = (...headers: [string, string][]): Raw => ({ method: "GET", path, headers });

describe("answers without a body", () => {
  test.each([
    [{ method: "HEAD", path: "/raw-bucket/none" }, 404],
    [{ method: "HEAD", path: "/raw-bucket-none" }, 404],
    [{ method: "HEAD", path, headers: [["if-match", '"other"']] }, 412],
    [{ method: "HEAD", path, headers: [["range", "bytes=20-30"]] }, 416],
  ] as const)("%j is %d, and says of what type its error would be", async (request, status) => {
    const answer = await say(cloud, request);
    expect([answer.status, answer.body, answer.headers["content-type"]]).toEqual([status, "", "application/xml"]);
  });

  test.each(["GET", "HEAD"])("304 of %s has the object's tag and date", async (method) => {
    const answer = await say(cloud, { method, path, headers: [["if-none-match", etag]] });
    expect([answer.status, answer.body, answer.headers["etag"]]).toEqual([304, "", etag]);
    expect(Date.parse(answer.headers["last-modified"] ?? "")).toBeLessThanOrEqual(Date.now());
    expect(answer.headers["content-type"]).toBeUndefined();
  });
});

test("every answer has both ids, and an error says them again", async () => {
  const answer = await say(cloud, { method: "GET", path: "/raw-bucket/none" });
  const { "x-amz-request-id": id, "x-amz-id-2": extended } = answer.headers;
  expect(answer.body).toContain(`<RequestId>${id}</RequestId><HostId>${extended}</HostId>`);
  expect((await say(cloud, get())).headers["x-amz-id-2"]).toMatch(/^[\w+/=]{60,}$/);
});

describe("a range", () => {
  test.each([
    ["bytes=0-4", 206, "hello", "bytes 0-4/11"],
    ["bytes=-5", 206, "world", "bytes 6-10/11"],
    ["bytes=6-", 206, "world", "bytes 6-10/11"],
    ["bytes=0-99999999999999999999", 206, "hello world", "bytes 0-10/11"],
    ["bytes=-99999", 206, "hello world", "bytes 0-10/11"],
    ["bytes=5-2", 200, "hello world", undefined],
    ["bytes=0-1,3-4", 200, "hello world", undefined],
    ["chars=0-1", 200, "hello world", undefined],
    ["bytes=a-b", 200, "hello world", undefined],
    ["bytes=", 200, "hello world", undefined],
  ])("%s", async (range, status, body, contentRange) => {
    const answer = await say(cloud, get(["range", range]));
    expect([answer.status, answer.body, answer.headers["content-range"]]).toEqual([status, body, contentRange]);
  });

  test.each(["bytes=11-", "bytes=-0"])("%s cannot be satisfied, and the answer says of how much", async (range) => {
    const answer = await say(cloud, get(["range", range]));
    expect([errorOf(answer), answer.headers["content-range"]]).toEqual([
      {
        status: 416,
        Code: "InvalidRange",
        Message: "The requested range is not satisfiable",
        RangeRequested: range,
        ActualObjectSize: "11",
      },
      "bytes */11",
    ]);
  });
});

describe("what a request says of its body", () => {
  test.each<[string, Partial<Raw>, object]>([
    ["no length", { length: undefined }, { status: 411, Code: "MissingContentLength" }],
    [
      "chunks of HTTP's own",
      { length: undefined, headers: [["transfer-encoding", "chunked"]], body: "1\r\nx\r\n0\r\n\r\n" },
      { status: 501, Code: "NotImplemented", Header: "Transfer-Encoding" },
    ],
    [
      "a Content-MD5 that is none",
      { body: "x", headers: [["content-md5", "zzz"]] },
      {
        status: 400,
        Code: "InvalidDigest",
        Message: "The Content-MD5 you specified was invalid.",
        "Content-MD5": "zzz",
      },
    ],
    [
      "another's Content-MD5",
      { body: "x", headers: [["content-md5", "XUFAKrxLKna5cZ2REBfFkg=="]] },
      { status: 400, Code: "BadDigest", CalculatedDigest: "ndTkYSaMgDT1yFZOFVxnpg==" },
    ],
    ["another's SHA-256", { body: "x", sha: "0".repeat(64) }, { status: 400, Code: "XAmzContentSHA256Mismatch" }],
    [
      "a SHA-256 that is none",
      { body: "x", sha: "GIBBERISH" },
      {
        status: 400,
        Code: "InvalidArgument",
        Message:
          "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
        ArgumentName: "x-amz-content-sha256",
        ArgumentValue: "GIBBERISH",
      },
    ],
    [
      "metadata of more than 2 KB",
      { headers: [["x-amz-meta-a", "v".repeat(2048)]] },
      { status: 400, Code: "MetadataTooLarge", Size: "2049", MaxSizeAllowed: "2048" },
    ],
  ])("%s is refused, and nothing kept", async (_what, more, expected) => {
    // What frames a body is its sender's proxy's to change: unsigned.
    expect(errorOf(await say(cloud, put(more)))).toMatchObject(expected);
    expect((await say(cloud, { method: "HEAD", path: "/raw-bucket/new" })).status).toBe(404);
  });

  test("a date of an hour ago is too far off", async () => {
    const now = Date.now() - 3_600_000;
    const error = errorOf(await say(cloud, { ...get(), now }));
    expect(error).toMatchObject({
      status: 403,
      Code: "RequestTimeTooSkewed",
      RequestTime: new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, ""),
      ServerTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
      MaxAllowedSkewMilliseconds: "900000",
    });
  });
});

describe("Expect: 100-continue", () => {
  const expecting = put({ path: "/raw-bucket/expected", body: "later", headers: [["expect", "100-continue"]] });

  test("is answered before the body comes, where the head is right", async () => {
    const answer = await exchange(cloud, signedHead(cloud, expecting).head, "later");
    expect(answer.status).toBe(100);
    expect(answer.body).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test.each([
    [
      "the signature is wrong",
      { head: (head: string) => head.replace(/Signature=\w{8}/, "Signature=00000000"), code: "SignatureDoesNotMatch" },
    ],
    ["there is no such bucket", { head: (head: string) => head, code: "NoSuchBucket" }],
  ])("is refused in its place where %s, and the connection ends", async (_why, { head, code }) => {
    const request = code === "NoSuchBucket" ? { ...expecting, path: "/raw-bucket-none/x" } : expecting;
    const kept = signedHead(cloud, request).head.replace("connection: close", "connection: keep-alive");
    const answer = await exchange(cloud, head(kept));
    expect([answer.headers["connection"], errorOf(answer)["Code"]]).toEqual(["close", code]);
  });
});

test("any other expectation means nothing", async () => {
  const odd = put({ path: "/raw-bucket/odd", body: "now", headers: [["expect", "200"]] });
  expect((await say(cloud, odd)).status).toBe(200);
});

describe("a request line and headers of any kind", () => {
  test("the absolute form is the path it names", async () => {
    const target = `${cloud.endpoint}${path}`;
    expect((await say(cloud, { ...get(), target })).body).toBe("hello world");
  });

  test("a header that comes twice is one, as its signer joined it", async () => {
    const twice = put({
      path: "/raw-bucket/twice",
      headers: [
        ["x-amz-meta-a", "1"],
        ["x-amz-meta-a", "2"],
      ],
    });
    expect((await say(cloud, twice)).status).toBe(200);
    expect((await say(cloud, { method: "HEAD", path: "/raw-bucket/twice" })).headers["x-amz-meta-a"]).toBe("1,2");
  });

  test.each(["a\r\nx-evil: 1", "a\u0000b"])("response-content-type=%j cannot add to the head", async (value) => {
    const query = `response-content-type=${encodeURIComponent(value)}`;
    const answer = await say(cloud, { ...get(), query });
    expect(errorOf(answer)).toMatchObject({
      status: 400,
      Code: "InvalidArgument",
      ArgumentName: "response-content-type",
    });
    expect(answer.headers["x-evil"]).toBeUndefined();
  });

  test("metadata with line ends goes out in encoded words", async () => {
    const value = "=?UTF-8?Q?a=0D=0Ax-evil:_1?=";
    await say(cloud, put({ path: "/raw-bucket/words", headers: [["x-amz-meta-a", value]] }));
    const { headers } = await say(cloud, { method: "HEAD", path: "/raw-bucket/words" });
    expect([headers["x-amz-meta-a"], headers["x-evil"]]).toEqual([value, undefined]);
  });

  test.each([
    ["PATCH", "/raw-bucket/k", "OBJECT"],
    ["PATCH", "/raw-bucket", "BUCKET"],
    ["TRACE", "/", "SERVICE"],
  ])("%s %s is a method not for it", async (method, where, type) => {
    expect(errorOf(await say(cloud, { method, path: where }))).toEqual({
      status: 405,
      Code: "MethodNotAllowed",
      Message: "The specified method is not allowed against this resource.",
      Method: method,
      ResourceType: type,
    });
  });
});

describe("a key", () => {
  test.each([
    "/raw-bucket//x",
    "/raw-bucket/a/../b",
    "/raw-bucket/a%00b",
    "/raw-bucket/a%5Cb",
    "/raw-bucket/a%0D%0Ab",
    "/raw-bucket/.",
    "/raw-bucket/a+b%20c",
    `/raw-bucket/${"%C3%BC".repeat(512)}`,
  ])("%s is that key and no other", async (where) => {
    expect((await say(cloud, put({ path: where, body: where }))).status).toBe(200);
    expect((await say(cloud, { method: "GET", path: where })).body).toBe(where);
    const key = decodeURIComponent(where.slice("/raw-bucket/".length));
    const query = `encoding-type=url&list-type=2&prefix=${encodeURIComponent(key)}`;
    const listed = /<Key>([^<]*)</.exec((await say(cloud, { method: "GET", path: "/raw-bucket", query })).body)?.[1];
    expect(decodeURIComponent((listed ?? "").replaceAll("+", " "))).toBe(key);
  });

  test.each([
    ["/raw-bucket/../x", "InvalidURI"],
    ["/raw-bucket/a/../../b", "InvalidURI"],
    ["/raw-bucket/%2e%2e/x", "InvalidURI"],
    ["/raw-bucket/..", "InvalidURI"],
    ["/raw-bucket/%ff%fe", "InvalidURI"],
    ["/raw-bucket/%ED%A0%80", "InvalidURI"],
    ["/raw-bucket/%zz", "InvalidURI"],
    [`/raw-bucket/${"k".repeat(1025)}`, "KeyTooLongError"],
    [`/raw-bucket/${"%C3%BC".repeat(513)}`, "KeyTooLongError"],
  ])("%s is refused", async (where, code) => {
    expect(errorOf(await say(cloud, put({ path: where })))).toMatchObject({ status: 400, Code: code });
  });
});
