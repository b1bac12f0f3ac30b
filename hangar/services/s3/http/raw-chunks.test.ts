// aws-chunked uploads over a socket, each way they are signed, right and wrong.

import { hash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, exchange, say, signedHead, type Raw, type RawAnswer } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { checksumOf } from "../../../protocols/checksums.ts";
import { hmacHex } from "../../../protocols/sigv4-key.ts";

let cloud: RunningCloud;
const path = "/chunked-bucket/k";

beforeAll(async () => {
  cloud = await startCloud();
  await say(cloud, { method: "PUT", path: "/chunked-bucket" });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const crc32 = checksumOf("CRC32", Buffer.from("hello world"));
const trailer = `x-amz-checksum-crc32:${crc32}`;

type Upload = {
  readonly sha: string;
  /** Empty where nobody says. */
  readonly decoded?: string;
  /** Names of trailers, as the head announces them. */
  readonly announced?: string;
  readonly trailers?: readonly string[];
  /** What is done to the body once it is signed. */
  readonly tamper?: (body: string) => string;
};

/** "hello " and "world", each chunk signed where the head says so. */
function upload({ sha, decoded = "11", announced, trailers, tamper = (body) => body }: Upload): Promise<RawAnswer> {
  const request: Raw = {
    method: "PUT",
    path,
    sha,
    headers: [
      ["content-encoding", "aws-chunked"],
      ...(decoded !== "" ? ([["x-amz-decoded-content-length", decoded]] as const) : []),
      ...(announced === undefined ? [] : ([["x-amz-trailer", announced]] as const)),
    ],
  };
  const signed = signedHead(cloud, { ...request, length: "0" });
  let previous = signed.signature;
  const sign = (kind: string, hashes: string): string => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, signed.amzDate, signed.scope, previous, hashes].join("\n");
    return (previous = hmacHex(signed.key, text));
  };
  const chunk = (text: string): string => {
    const size = text.length.toString(16);
    const end = text === "" && trailers !== undefined ? "" : "\r\n";
    if (!sha.includes("AWS4")) return `${size}\r\n${text}${end}`;
    return `${size};chunk-signature=${sign("PAYLOAD", `${hash("sha256", "")}\n${hash("sha256", text)}`)}\r\n${text}${end}`;
  };
  const chunks = ["hello ", "world", ""].map(chunk).join("");
  const lines = trailers ?? [];
  const signature =
    sha.includes("AWS4") && trailers !== undefined
      ? [`x-amz-trailer-signature:${sign("TRAILER", hash("sha256", lines.map((line) => `${line}\n`).join("")))}`]
      : [];
  const tail = trailers === undefined ? "" : `${[...lines, ...signature].join("\r\n")}\r\n\r\n`;
  const body = tamper(chunks + tail);
  return exchange(cloud, signed.head.replace("content-length: 0", `content-length: ${body.length}`), body);
}

const chunked = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const withTrailer = { sha: `${chunked}-TRAILER`, announced: "x-amz-checksum-crc32", trailers: [trailer] };
const unsigned = { ...withTrailer, sha: "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };

describe("an upload in chunks", () => {
  test.each<[string, Upload]>([
    ["signed", { sha: chunked }],
    ["signed, with a signed trailer", withTrailer],
    ["unsigned, with a trailer", unsigned],
  ])("%s is the bytes in them", async (_way, how) => {
    expect((await upload(how)).status).toBe(200);
    const { headers, body } = await say(cloud, { method: "GET", path, headers: [["x-amz-checksum-mode", "ENABLED"]] });
    expect([body, headers["content-encoding"]]).toEqual(["hello world", undefined]);
    if (how.trailers !== undefined) expect(headers["x-amz-checksum-crc32"]).toBe(crc32);
    await say(cloud, { method: "DELETE", path });
  });

  test.each<[string, Upload, object]>([
    [
      "a changed byte of a signed chunk",
      { sha: chunked, tamper: (body) => body.replace("world", "World") },
      { status: 403, Code: "SignatureDoesNotMatch", AWSAccessKeyId: "test" },
    ],
    [
      "a chunk without its signature",
      { sha: chunked, tamper: (body) => body.replace(/;chunk-signature=\w+/, "") },
      { status: 403, Code: "SignatureDoesNotMatch" },
    ],
    [
      "a trailer changed after it was signed",
      { ...withTrailer, tamper: (body) => body.replace(crc32, "AAAAAA==") },
      { status: 403, Code: "SignatureDoesNotMatch" },
    ],
    [
      "a trailer that is another's",
      { ...unsigned, trailers: ["x-amz-checksum-crc32:AAAAAA=="] },
      { status: 400, Code: "BadDigest" },
    ],
    [
      "no trailer where one was announced",
      { ...unsigned, trailers: [] },
      { status: 400, Code: "MalformedTrailerError" },
    ],
    ["a longer body than was said", { sha: chunked, decoded: "10" }, { status: 400, Code: "IncompleteBody" }],
    ["a shorter body than was said", { sha: chunked, decoded: "12" }, { status: 400, Code: "IncompleteBody" }],
    ["no word of how long it is", { sha: chunked, decoded: "" }, { status: 411, Code: "MissingContentLength" }],
    ["a length that is no number", { sha: chunked, decoded: "eleven" }, { status: 400 }],
    [
      "a chunk's size that is none",
      { ...unsigned, tamper: (body) => body.replace(/^6/, "zz") },
      { status: 400, Code: "IncompleteBody" },
    ],
    [
      "no last chunk",
      { ...unsigned, tamper: (body) => body.slice(0, body.indexOf("0\r\n")) },
      { status: 400, Code: "IncompleteBody" },
    ],
  ])("with %s is refused, and nothing kept", async (_fault, how, expected) => {
    expect(errorOf(await upload(how))).toMatchObject(expected);
    expect((await say(cloud, { method: "HEAD", path })).status).toBe(404);
  });
});

test.each([
  ["deflate, gzip", "deflate, gzip"],
  ["gzip, aws-chunked", "gzip"],
  ["aws-chunked,gzip", "gzip"],
  ["br, aws-chunked, gzip", "br, gzip"],
  ["aws-chunked", undefined],
  ["aws-chunked, aws-chunked", undefined],
])("a body that is not in chunks keeps of its coding %j: %j", async (encoding, kept) => {
  const headers = [["content-encoding", encoding]] as const;
  expect((await say(cloud, { method: "PUT", path, headers, body: "plain" })).status).toBe(200);
  const { headers: shown, body } = await say(cloud, { method: "GET", path });
  expect([shown["content-encoding"], body]).toEqual([kept, "plain"]);
});
