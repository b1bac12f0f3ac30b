// Browser uploads by signed forms, over real HTTP.

import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "uploads.example.test";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const credential = "test/20260101/us-east-1/s3/aws4_request";

function signed(policy: object): Record<string, string> {
  const text = Buffer.from(JSON.stringify(policy)).toString("base64");
  let key: Buffer | string = "AWS4test";
  for (const part of ["20260101", "us-east-1", "s3", "aws4_request"])
    key = createHmac("sha256", key).update(part).digest();
  return {
    policy: text,
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": credential,
    "x-amz-date": "20260101T000000Z",
    "x-amz-signature": createHmac("sha256", key).update(text).digest("hex"),
  };
}

async function post(fields: Record<string, string>, file: string, name = "cat.txt"): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("file", new Blob([file], { type: "text/ignored" }), name);
  return fetch(`${cloud.endpoint}/${Bucket}`, { method: "POST", body: form });
}

const policy = (...conditions: unknown[]): object => ({
  expiration: new Date(Date.now() + 60_000).toISOString(),
  conditions: [
    { bucket: Bucket },
    ["starts-with", "$key", "up/"],
    { "x-amz-algorithm": "AWS4-HMAC-SHA256" },
    { "x-amz-credential": credential },
    { "x-amz-date": "20260101T000000Z" },
    ...conditions,
  ],
});

test("keeps the file under the form's key, with its type and metadata", async () => {
  const fields = {
    key: "up/${filename}",
    "Content-Type": "text/plain",
    "x-amz-meta-colour": "red",
    success_action_status: "201",
  };
  const rules = policy({ "Content-Type": "text/plain" }, ["starts-with", "$x-amz-meta-colour", ""], {
    success_action_status: "201",
  });
  const answer = await post({ ...fields, ...signed(rules) }, "meow");
  const body = await answer.text();
  expect([answer.status, body]).toEqual([
    201,
    expect.stringContaining(`<Bucket>${Bucket}</Bucket><Key>up/cat.txt</Key>`),
  ]);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "up/cat.txt" }));
  expect(head).toMatchObject({ ContentType: "text/plain", ContentLength: 4, Metadata: { colour: "red" } });
});

test("is streamed, whatever its size and bytes", async () => {
  const large = "x".repeat(3_000_000) + "\r\n--not the boundary\r\n";
  expect((await post({ key: "up/large", ...signed(policy()) }, large)).status).toBe(204);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "up/large" }));
  expect(await Body?.transformToString()).toBe(large);
});

test.each([
  {
    because: "a condition that fails",
    fields: { key: "elsewhere" },
    rules: policy(),
    status: 403,
    words: 'Policy Condition failed: ["starts-with", "$key", "up/"]',
  },
  {
    because: "a field that none names",
    fields: { key: "up/x", "x-amz-meta-extra": "1" },
    rules: policy(),
    status: 403,
    words: "Extra input fields: x-amz-meta-extra",
  },
  {
    because: "an expired policy",
    fields: { key: "up/x" },
    rules: { ...policy(), expiration: "2020-01-01T00:00:00Z" },
    status: 403,
    words: "Policy expired.",
  },
  {
    because: "a file too large",
    fields: { key: "up/x" },
    rules: policy(["content-length-range", 0, 2]),
    status: 400,
    words: "EntityTooLarge",
  },
  {
    because: "a range of one number",
    fields: { key: "up/x" },
    rules: policy(["content-length-range", 0]),
    status: 400,
    words: "InvalidPolicyDocument",
  },
  {
    because: "a negative range",
    fields: { key: "up/x" },
    rules: policy(["content-length-range", -1, 0]),
    status: 400,
    words: "InvalidPolicyDocument",
  },
  {
    because: "a policy that does not name the bucket",
    fields: { key: "up/x" },
    rules: { ...policy(), conditions: (policy() as { conditions: unknown[] }).conditions.slice(1) },
    status: 403,
    words: "Extra input fields: bucket",
  },
  {
    because: "an empty key",
    fields: { key: "" },
    rules: policy(),
    status: 400,
    words: "User key must have a length greater than 0.",
  },
  {
    because: "a file too small",
    fields: { key: "up/x" },
    rules: policy(["content-length-range", 10, 20]),
    status: 400,
    words: "EntityTooSmall",
  },
])("is refused for $because", async ({ fields, rules, status, words }) => {
  const got = await post({ ...fields, ...signed(rules) }, "file");
  expect([got.status, (await got.text()).replaceAll("&quot;", '"')]).toEqual([status, expect.stringContaining(words)]);
});

test("has exactly one file", async () => {
  const body = new FormData();
  body.set("key", "up/x");
  const answer = await fetch(`${cloud.endpoint}/${Bucket}`, { method: "POST", body });
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining("POST requires exactly one file upload per request."),
  ]);
});

test("keeps metadata that no header can carry as an encoded word", async () => {
  const any = policy(["starts-with", "$x-amz-meta-name", ""]);
  const metadata = async (value: string): Promise<number> =>
    (await post({ key: "up/meta", "x-amz-meta-name": value, ...signed(any) }, "x")).status;
  expect(await metadata("price in \u20ac")).toBe(204);
  const answer = await fetch(`${cloud.endpoint}/${Bucket}/up/meta`);
  expect(answer.headers.get("x-amz-meta-name")).toBe("=?UTF-8?Q?price_in_=E2=82=AC?=");
  expect(await metadata("a\r\nSet-Cookie: b=c")).toBe(204);
  const { headers } = await fetch(`${cloud.endpoint}/${Bucket}/up/meta`);
  expect([headers.get("x-amz-meta-name"), headers.get("set-cookie")]).toEqual([
    "=?UTF-8?Q?a=0D=0ASet-Cookie:_b=3Dc?=",
    null,
  ]);
});

test("takes of a file's name its last part only", async () => {
  const answer = await post({ key: "up/${filename}", ...signed(policy()) }, "x", "..\\..\\windows/../evil.txt");
  expect([answer.status, answer.headers.get("location")]).toEqual([204, expect.stringMatching(/\/up\/evil\.txt$/)]);
});

test("is refused unsigned, and with a wrong signature", async () => {
  expect((await post({ key: "up/x" }, "file")).status).toBe(403);
  const wrong = await post({ key: "up/x", ...signed(policy()), "x-amz-signature": "0".repeat(64) }, "file");
  expect([wrong.status, await wrong.text()]).toEqual([
    403,
    expect.stringContaining("<Code>SignatureDoesNotMatch</Code>"),
  ]);
});

test("names the file in any field before the policy is asked", async () => {
  const rules = policy(["starts-with", "$key", "up/cat"], ["eq", "$x-amz-meta-from", "cat.txt"]);
  const fields = { key: "up/${filename}", "x-amz-meta-from": "${filename}" };
  expect((await post({ ...fields, ...signed(rules) }, "meow")).status).toBe(204);
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "up/cat.txt" }))).Metadata).toEqual({ from: "cat.txt" });
  const dog = await post({ ...fields, ...signed(rules) }, "woof", "dog.txt");
  expect([dog.status, await dog.text()]).toEqual([403, expect.stringContaining("Policy Condition failed")]);
});
