// Customers' keys as clients may get them wrong: which fault S3 names first, as its own answers were recorded.

import { createHash } from "node:crypto";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, say } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3;
const Bucket = "raw-customer-keys";
const bytes = Buffer.from("K0+/yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo=", "base64");
const KEY = bytes.toString("base64");
const md5 = (key: Uint8Array): string => createHash("md5").update(key).digest("base64");
const MD5 = md5(bytes);

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3({ ...cloud.clientConfig(), forcePathStyle: true });
  await s3.createBucket({ Bucket });
  await s3.putBucketEncryption({
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }] },
  });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Headers = readonly (readonly [string, string])[];
function customer(algorithm?: string, key?: string, sum?: string): Headers {
  const all = { algorithm, key, "key-md5": sum };
  return Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[`x-amz-server-side-encryption-customer-${name}`, value] as const],
  );
}
async function put(headers: Headers): Promise<string> {
  const answer = await say(cloud, { method: "PUT", path: `/${Bucket}/k`, body: "body", headers });
  const { Code, Message, ArgumentValue } = errorOf(answer);
  if (answer.status === 200) return "200";
  return [
    Code,
    ...(Code === "InvalidArgument" ? [Message] : []),
    ...(ArgumentValue === undefined ? [] : [ArgumentValue]),
  ].join("|");
}

describe("an upload under a customer's key", () => {
  const wants = "InvalidArgument|Requests specifying Server Side Encryption with Customer provided keys must provide";
  const noAlgorithm = `${wants} a valid encryption algorithm.`;
  const noKey = `${wants} an appropriate secret key.`;
  const noSum = `${wants} the client calculated MD5 of the secret key.`;
  const short = "InvalidArgument|The secret key was invalid - too short.|";
  const mismatch = "InvalidArgument|The calculated MD5 hash of the key did not match the hash that was provided.";
  const wrongLength = "InvalidArgument|The secret key was invalid for the specified algorithm.";
  const algorithm = "InvalidEncryptionAlgorithmError|";
  const safe = KEY.replace("+", "-").replace("/", "_");
  const lesser = bytes.subarray(0, 31);
  const larger = Buffer.concat([bytes, bytes.subarray(0, 1)]);

  test.each<[string, Parameters<typeof customer>, string]>([
    ["all three", ["AES256", KEY, MD5], "200"],
    ["a key alone", [undefined, KEY, undefined], noAlgorithm],
    ["an empty key alone", [undefined, "", undefined], noAlgorithm],
    ["an MD5 alone", [undefined, undefined, MD5], noAlgorithm],
    ["no algorithm", [undefined, KEY, MD5], noAlgorithm],
    ["an algorithm alone", ["AES256", undefined, undefined], noKey],
    ["an empty algorithm alone", ["", undefined, undefined], noKey],
    ["no key", ["AES256", undefined, MD5], noKey],
    ["no MD5", ["AES256", KEY, undefined], noSum],
    ["nothing in all three", ["", "", ""], short],
    ["an empty key", ["AES256", "", MD5], short],
    ["a key of one letter", ["AES256", "a", MD5], `${short}a`],
    ["a key of two letters", ["AES256", "ZZ", MD5], `${short}ZZ`],
    ["another's MD5", ["AES256", KEY, md5(lesser)], mismatch],
    ["an MD5 without padding", ["AES256", KEY, MD5.replace("==", "")], mismatch],
    ["an empty MD5", ["AES256", KEY, ""], mismatch],
    ["everything wrong", ["AES128", "not-valid-base64!!!", md5(lesser)], mismatch],
    ["a key without padding", ["AES256", KEY.replace("=", ""), MD5], mismatch],
    ["base64 for URLs", ["AES256", safe, MD5], mismatch],
    ["another algorithm", ["AES128", KEY, MD5], `${algorithm}AES128`],
    ["no algorithm's name", ["", KEY, MD5], algorithm],
    ["another algorithm and a short key", ["AES128", lesser.toString("base64"), md5(lesser)], `${algorithm}AES128`],
    ["31 bytes", ["AES256", lesser.toString("base64"), md5(lesser)], wrongLength],
    ["33 bytes", ["AES256", larger.toString("base64"), md5(larger)], wrongLength],
    ["more padding", ["AES256", `${KEY}===`, MD5], "200"],
    ["letters that are no base64", ["AES256", `!${KEY.slice(0, 9)}#${KEY.slice(9)}!!`, MD5], "200"],
  ])("with %s", async (_how, headers, expected) => {
    expect(await put(customer(...headers))).toBe(expected);
  });

  test("has another storage class named first, and its body's digest last", async () => {
    const both = [...customer("AES128", KEY, MD5), ["content-md5", "dGhpcyBpcyB3cm9uZw=="]] as const;
    expect(await put(both)).toBe(`${algorithm}AES128`);
    expect(await put([...both, ["x-amz-storage-class", "OTHER"]])).toBe("InvalidStorageClass");
  });
});

describe("a completion", () => {
  const Key = "parts";
  const key = { SSECustomerAlgorithm: "AES256", SSECustomerKey: KEY, SSECustomerKeyMD5: MD5 };

  async function complete(headers: Headers, more: object = key): Promise<string> {
    const { UploadId = "" } = await s3.createMultipartUpload({ Bucket, Key, ...more });
    const { ETag } = await s3.uploadPart({ Bucket, Key, UploadId, PartNumber: 1, Body: "part", ...more });
    const part = `<Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag></Part>`;
    const body = `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`;
    const path = `/${Bucket}/${Key}`;
    const answer = await say(cloud, { method: "POST", path, query: `uploadId=${UploadId}`, body, headers });
    return answer.status === 200 ? "200" : String(errorOf(answer)["Message"] ?? answer.status);
  }

  test.each([
    ["no key", customer()],
    ["the key", customer("AES256", KEY, MD5)],
    ["a key without a digest, whichever it is", customer("AES256", "AAAA")],
    ["an algorithm alone", customer("AES256")],
  ])("takes %s", async (_how, headers) => {
    expect(await complete(headers)).toBe("200");
  });

  test("takes no other key, and none where the upload has none", async () => {
    const refused =
      "The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.";
    const other = Buffer.alloc(32, 1);
    expect(await complete(customer("AES256", other.toString("base64"), md5(other)))).toBe(refused);
    expect(await complete(customer("AES256", KEY, MD5), {})).toBe(refused);
    expect(await complete(customer("AES128", KEY, MD5))).toContain("Supported value: AES256.");
  });
});
