// Texts that callers give and S3 sends back as headers: none ends its header and begins another.

import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

const Bucket = "header-injection";
const INJECTED = "a\r\nset-cookie: stolen=1";
const CONTROLS = "\u0000\u0001\u000b\u007f";

let cloud: RunningCloud;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "plain", Body: "x" }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  s3.destroy();
  await cloud.close();
});

async function headersOf(Key: string): Promise<Headers> {
  const answer = await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key })));
  expect(answer.status).toBe(200);
  return answer.headers;
}

describe.each([
  "ResponseContentType",
  "ResponseContentDisposition",
  "ResponseCacheControl",
  "ResponseContentLanguage",
  "ResponseContentEncoding",
] as const)("%s", (member) => {
  test.each([INJECTED, "\n", CONTROLS, "\u4e00"])("%j is refused", async (value) => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "plain", [member]: value }));
    const answer = await fetch(url);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-cookie")).toBe(null);
    expect(await answer.text()).toContain("<Code>InvalidArgument</Code>");
  });
});

test.each([INJECTED, CONTROLS])("metadata that says %j in encoded words stays one header", async (text) => {
  const Metadata = { note: `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=` };
  await s3.send(new PutObjectCommand({ Bucket, Key: "words", Body: "x", Metadata }));
  const headers = await headersOf("words");
  expect(headers.get("set-cookie")).toBe(null);
  expect(headers.get("x-amz-meta-note")).not.toBe(null);
});

test.each(["x-amz-meta-note", "Content-Type", "Content-Disposition", "x-amz-website-redirect-location"])(
  "a form's %s cannot bring a header of its own",
  async (name) => {
    const Key = `form-${name}`;
    const { url, fields } = await createPresignedPost(s3, {
      Bucket,
      Key,
      Conditions: [["starts-with", `$${name}`, ""]],
    });
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set(name, INJECTED);
    form.set("file", "x");
    const answer = await fetch(url, { method: "POST", body: form });
    expect([204, 400]).toContain(answer.status);
    if (answer.status === 204) expect((await headersOf(Key)).get("set-cookie")).toBe(null);
  },
);
