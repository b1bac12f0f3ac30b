// What the conditions of a bucket's policy let through.

import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function anonymous(path: string): Promise<[number, string]> {
  const response = await fetch(`${cloud.endpoint}/${path}`);
  return [response.status, await response.text()];
}

const Bucket = "conditions-here";
const all = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];

const policy = (...Statement: object[]) =>
  s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
const put = (more: Partial<PutObjectCommandInput>) =>
  s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x", ...more })).then(
    () => "allowed",
    (error: Error) => error.name,
  );

beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
});

/** Asks as a client does that knows the bucket by its own name. */
function statusFor(host: string, send: typeof httpRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port: cloud.port,
      path: `/${Bucket}/k`,
      headers: { host },
      rejectUnauthorized: false,
    };
    send(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once("error", reject)
      .end();
  });
}

test("enforceSSL: plain HTTP to AWS's name is denied, TLS and our own endpoint are not", async () => {
  await put({});
  await policy(
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: all,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
  const aws = "s3.us-east-1.amazonaws.com";
  expect(await statusFor(aws, httpRequest)).toBe(403);
  expect(await statusFor(aws, httpsRequest)).toBe(200);
  expect(await statusFor(`127.0.0.1:${cloud.port}`, httpRequest)).toBe(200);
  expect(await put({})).toBe("allowed");
});

test.each([
  {
    key: "s3:x-amz-server-side-encryption",
    condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "AES256" } },
    allowed: { ServerSideEncryption: "AES256" as const },
    denied: {},
  },
  {
    key: "the absence of s3:x-amz-server-side-encryption",
    condition: { Null: { "s3:x-amz-server-side-encryption": "true" } },
    allowed: { ServerSideEncryption: "AES256" as const },
    denied: {},
  },
  {
    key: "s3:x-amz-acl",
    condition: { StringEquals: { "s3:x-amz-acl": ["public-read", "private"] } },
    allowed: {},
    denied: { ACL: "private" as const },
  },
  {
    key: "s3:x-amz-storage-class",
    condition: { StringEquals: { "s3:x-amz-storage-class": "GLACIER" } },
    allowed: { StorageClass: "STANDARD_IA" as const },
    denied: { StorageClass: "GLACIER" as const },
  },
  {
    key: "s3:RequestObjectTagKeys",
    condition: { "ForAnyValue:StringEquals": { "s3:RequestObjectTagKeys": ["secret"] } },
    allowed: { Tagging: "open=1" },
    denied: { Tagging: "open=1&secret=1" },
  },
  {
    key: "s3:if-none-match",
    condition: { Null: { "s3:if-none-match": "true" } },
    allowed: { IfNoneMatch: "*", Key: "new" },
    denied: { Key: "newer" },
  },
  {
    key: "aws:PrincipalArn",
    condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::000000000000:root" } },
    allowed: undefined,
    denied: {},
  },
  {
    key: "aws:SourceIp",
    condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    allowed: undefined,
    denied: {},
  },
])("$key", async ({ condition, allowed, denied }) => {
  await policy({ Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: all[1], Condition: condition });
  if (allowed !== undefined) expect(await put(allowed)).toBe("allowed");
  expect(await put(denied)).toBe("AccessDenied");
});

test("s3:ExistingObjectTag follows the object's tags", async () => {
  const tag = { StringEquals: { "s3:ExistingObjectTag/open": "yes" } };
  await policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: all[1], Condition: tag });
  await s3.send(new PutObjectCommand({ Bucket, Key: "tagged", Body: "x", Tagging: "open=yes" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "closed", Body: "x", Tagging: "open=no" }));
  expect((await anonymous(`${Bucket}/tagged`))[0]).toBe(200);
  expect((await anonymous(`${Bucket}/closed`))[0]).toBe(403);
});

test.each([
  ["StringLike", [200, 403, 403]],
  ["StringLikeIfExists", [200, 403, 200]],
])("%s of aws:Referer asks the header from which page a request came", async (operator, expected) => {
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "linked", Body: "x" }));
  const Condition = { [operator]: { "aws:Referer": "https://example.org/*" } };
  await policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: all, Condition });
  const statuses = [];
  for (const headers of [{ referer: "https://example.org/page" }, { referer: "https://example.com/" }, {}])
    statuses.push((await fetch(`${cloud.endpoint}/${Bucket}/linked`, { headers })).status);
  expect(statuses).toEqual(expected);
});
