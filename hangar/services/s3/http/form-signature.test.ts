// What a form says of its signature, as it may be wrong, whoever's key it names.

import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { signedForm } from "../engine/test-form.ts";

let cloud: RunningCloud;
const Bucket = "signed-forms";

beforeAll(async () => {
  cloud = await startCloud();
  await new S3({ ...cloud.clientConfig(), forcePathStyle: true }).createBucket({ Bucket });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** The status, and the argument with S3's words for it. */
async function post(field: string, value: string): Promise<string> {
  const conditions = [{ bucket: Bucket }, ["starts-with", "$key", ""], ["starts-with", `$${field}`, ""]];
  // Nobody issued this key, so its signature is taken as it is.
  const signer = { accessKeyId: "AKIANOBODY", secretAccessKey: "unknown" };
  const form = signedForm(signer, { conditions, fields: { key: "k" }, now: cloud.clock.now() });
  form.set(field, value);
  const answer = await fetch(`${cloud.endpoint}/${Bucket}`, { method: "POST", body: form });
  const text = (await answer.text()).replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const told = (name: string): string => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1] ?? "";
  return `${answer.status} ${told("ArgumentName")}: ${told("Message")}`;
}

test.each([
  ["x-amz-algorithm", "AWS3", "400 X-Amz-Algorithm: Only AWS4-HMAC-SHA256 is supported"],
  ["x-amz-date", "2026-01-01", "400 X-Amz-Date: X-Amz-Date must be formated via ISO8601 Long format"],
  [
    "x-amz-credential",
    "AKIANOBODY",
    '400 X-Amz-Credential: the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
  ],
  [
    "x-amz-credential",
    "AKIANOBODY/2026/us-east-1/s3/aws4_request",
    '400 X-Amz-Credential: incorrect date format "2026". This date in the credential must be in the format "yyyyMMdd".',
  ],
  [
    "x-amz-credential",
    "AKIANOBODY/20260101/eu-west-1/s3/aws4_request",
    '400 X-Amz-Credential: the region "eu-west-1" is wrong; expecting "us-east-1"',
  ],
  [
    "x-amz-credential",
    "AKIANOBODY/20260101/us-east-1/ec2/aws4_request",
    '400 X-Amz-Credential: incorrect service "ec2". This endpoint belongs to "s3".',
  ],
  [
    "x-amz-credential",
    "AKIANOBODY/20260101/us-east-1/s3/aws3_request",
    '400 X-Amz-Credential: incorrect terminal "aws3_request". This endpoint uses "aws4_request".',
  ],
])("%s may not be %s", async (field, value, expected) => {
  expect(await post(field, value)).toBe(expected);
});
