// Checksums as clients may state them wrongly, of uploads and of what completes them.

import { S3, type ChecksumAlgorithm } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, say, type Raw } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3;
const Bucket = "raw-checksums";
const CRC32 = "jNwWgw==";
const SHA1 = "Kq5sNclPz7QV2+lfQIuc6R7oRu0=";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3({ ...cloud.clientConfig(), forcePathStyle: true });
  await s3.createBucket({ Bucket });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function send(request: Raw): Promise<string> {
  const answer = await say(cloud, request);
  if (answer.status === 200) return "200";
  const { Code, Message } = errorOf(answer);
  return `${Code}: ${String(Message).replaceAll("&apos;", "'")}`;
}
const invalid = (message: string): string => `InvalidRequest: ${message}`;

describe("an upload", () => {
  const crc = ["x-amz-checksum-crc32", CRC32] as const;
  const named = (name: string) => ["x-amz-sdk-checksum-algorithm", name] as const;
  const wrongName = invalid("Value for x-amz-sdk-checksum-algorithm header is invalid.");

  test.each([
    ["200", [crc]],
    ["200", [crc, named("CRC32")]],
    ["200", [crc, ["x-amz-checksum-type", "FULL_OBJECT"]]],
    [wrongName, [crc, named("SHA1")]],
    [wrongName, [crc, named("CRC")]],
    [wrongName, [named("CRC")]],
    [
      invalid(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
      ),
      [named("CRC32")],
    ],
    [
      invalid("The algorithm type you specified in x-amz-checksum- header is invalid."),
      [["x-amz-checksum-crc16", "AAA="]],
    ],
    [invalid("Value for x-amz-checksum-crc32 header is invalid."), [["x-amz-checksum-crc32", "AAAA"]]],
    [
      "BadDigest: The CRC32 you specified did not match the calculated checksum.",
      [["x-amz-checksum-crc32", "AAAAAA=="]],
    ],
    [
      invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."),
      [crc, ["x-amz-checksum-sha1", SHA1]],
    ],
  ] as const)("%s: %j", async (expected, headers) => {
    expect(await send({ method: "PUT", path: `/${Bucket}/k`, body: "x", headers })).toBe(expected);
  });
});

describe("a completion", () => {
  const Key = "parts";
  async function complete(part: string, headers: Raw["headers"] = [], algorithm?: ChecksumAlgorithm): Promise<string> {
    const more = algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm };
    const { UploadId = "" } = await s3.createMultipartUpload({ Bucket, Key, ...more });
    const { ETag } = await s3.uploadPart({ Bucket, Key, UploadId, PartNumber: 1, Body: "x", ...more });
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag>${part}</Part></CompleteMultipartUpload>`;
    return send({ method: "POST", path: `/${Bucket}/${Key}`, query: `uploadId=${UploadId}`, body, headers });
  }

  const unclear = "InvalidArgument: Invalid Base64 or multiple checksums present in request";
  test.each([
    ["200", `<ChecksumCRC32>${CRC32}</ChecksumCRC32>`],
    [unclear, "<ChecksumCRC32>AAAA</ChecksumCRC32>"],
    [unclear, `<ChecksumCRC32>${CRC32}</ChecksumCRC32><ChecksumSHA1>${SHA1}</ChecksumSHA1>`],
    [
      "BadDigest: The sha1 you specified for part 1 did not match what we received.",
      `<ChecksumSHA1>${SHA1}</ChecksumSHA1>`,
    ],
    [
      invalid(
        "The upload was created using a crc32 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.",
      ),
      "",
    ],
  ])("%s: where the part has %j", async (expected, part) => {
    expect(await complete(part, [], "CRC32")).toBe(expected);
  });

  test.each([
    ["200", [["x-amz-mp-object-size", "1"]]],
    [invalid("Value for x-amz-mp-object-size header is less than zero: '-4'"), [["x-amz-mp-object-size", "-4"]]],
    [invalid("Value for x-amz-mp-object-size header is invalid: 'one'"), [["x-amz-mp-object-size", "one"]]],
    [
      invalid("The provided 'x-amz-mp-object-size' header value 2 does not match what was computed: 1"),
      [["x-amz-mp-object-size", "2"]],
    ],
    [invalid("Value for x-amz-checksum-type header is invalid."), [["x-amz-checksum-type", "PARTIAL"]]],
    [invalid("Value for x-amz-checksum-sha1 header is invalid."), [["x-amz-checksum-sha1", "AAAA"]]],
    [
      invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."),
      [
        ["x-amz-checksum-sha1", SHA1],
        ["x-amz-checksum-crc32", CRC32],
      ],
    ],
  ] as const)("%s: %j", async (expected, headers) => {
    expect(await complete("", headers)).toBe(expected);
  });
});

test.each([
  ["a", "Provided part-number-marker not an integer or within integer range"],
  ["2147483648", "Provided part-number-marker not an integer or within integer range"],
  ["-1", "Argument part-number-marker must be an integer between 0 and 2147483647"],
])("a list of parts begins at a number, not at %s", async (marker, message) => {
  const { UploadId } = await s3.createMultipartUpload({ Bucket, Key: "listed" });
  const query = `part-number-marker=${marker}&uploadId=${UploadId}`;
  expect(await send({ method: "GET", path: `/${Bucket}/listed`, query })).toBe(`InvalidArgument: ${message}`);
});
