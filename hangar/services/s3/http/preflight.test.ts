// A browser's preflight of a presigned URL, over a real socket.

import { PutObjectCommand, S3 } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3;
const Bucket = "uploads";

beforeAll(async () => {
  cloud = await startCloud();
  const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
  s3 = new S3({ ...config, forcePathStyle: true, maxAttempts: 1 });
  await s3.createBucket({ Bucket });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const asked = {
  origin: "https://example.org",
  "access-control-request-method": "PUT",
  "access-control-request-headers": "content-type",
};

test("is answered by the bucket's rules, whatever the signature in the URL is for", async () => {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "a/b" }));
  const closed = await fetch(url, { method: "OPTIONS", headers: asked });
  expect([closed.status, await closed.text()]).toEqual([
    403,
    expect.stringContaining("<Code>AccessForbidden</Code><Message>CORSResponse: CORS is not enabled for this bucket."),
  ]);
  await s3.putBucketCors({
    Bucket,
    CORSConfiguration: { CORSRules: [{ AllowedMethods: ["PUT"], AllowedOrigins: ["*"], AllowedHeaders: ["*"] }] },
  });
  const open = await fetch(url, { method: "OPTIONS", headers: asked });
  expect([open.status, open.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
});

test.each([
  [undefined, "null"],
  ["PATCH", "PATCH"],
])("is a bad request where the method to come is %s", async (method, told) => {
  const headers = {
    origin: asked.origin,
    ...(method === undefined ? {} : { "access-control-request-method": method }),
  };
  const answer = await fetch(`${cloud.endpoint}/${Bucket}/a`, { method: "OPTIONS", headers });
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining(`<Code>BadRequest</Code><Message>Invalid Access-Control-Request-Method: ${told}<`),
  ]);
});
