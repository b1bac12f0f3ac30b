// S3's condition keys: each has its value in the requests it goes with, and is not there in others.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { signedForm } from "./engine/test-form.ts";

let cloud: RunningCloud;
let root: S3Client;
let ann: S3Client;
let iam: IAMClient;
const Bucket = "conditioned-here";
const Key = "k";
const keyArn = "arn:aws:kms:us-east-1:000000000000:key/any";
const year = new Date("2090-01-01T00:00:00Z");

beforeAll(async () => {
  cloud = await startCloud();
  root = new S3Client(cloud.clientConfig());
  iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  ann = new S3Client({ ...cloud.clientConfig(), credentials });
  await root.send(
    new sdk.CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true, ObjectOwnership: "BucketOwnerPreferred" }),
  );
  await root.send(new sdk.PutBucketAbacCommand({ Bucket, AbacStatus: { Status: "Enabled" } }));
  await root.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "team", Value: "a" }] } }));
  await root.send(new sdk.PutObjectCommand({ Bucket, Key, Body: "-", Tagging: "class=open" }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** Ann may do anything, but not where the condition holds. */
async function forbid(Condition: object): Promise<void> {
  const Statement = [
    { Effect: "Allow", Action: "s3:*", Resource: "*" },
    { Effect: "Deny", Action: "s3:*", Resource: "*", Condition },
  ];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
}

async function isDenied(call: Promise<unknown>): Promise<boolean> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown as Error & { readonly $metadata?: { readonly httpStatusCode?: number } },
  );
  return error?.$metadata?.httpStatusCode === 403;
}

const put = (more: Partial<sdk.PutObjectCommandInput> = {}) =>
  ann.send(new sdk.PutObjectCommand({ Bucket, Key: "written", Body: "-", ...more }));
const get = () => ann.send(new sdk.GetObjectCommand({ Bucket, Key }));
const list = (more: object = {}) => ann.send(new sdk.ListObjectsV2Command({ Bucket, ...more }));
const tagging = { TagSet: [{ Key: "class", Value: "closed" }] };

describe("a key has its value", () => {
  test.each<[string, string | readonly string[], () => Promise<unknown>]>([
    ["s3:prefix", "a/", () => list({ Prefix: "a/" })],
    ["s3:prefix", "", () => list()],
    ["s3:delimiter", "/", () => list({ Delimiter: "/" })],
    ["s3:max-keys", "7", () => list({ MaxKeys: 7 })],
    ["s3:prefix", "a/", () => ann.send(new sdk.ListObjectVersionsCommand({ Bucket, Prefix: "a/" }))],
    ["s3:ExistingObjectTag/class", "open", get],
    ["s3:ExistingObjectTag/class", "open", () => ann.send(new sdk.GetObjectAclCommand({ Bucket, Key }))],
    ["s3:ExistingObjectTag/class", "open", () => ann.send(new sdk.DeleteObjectTaggingCommand({ Bucket, Key }))],
    ["s3:RequestObjectTag/class", "closed", () => put({ Tagging: "class=closed" })],
    ["s3:RequestObjectTagKeys", "class", () => put({ Tagging: "class=closed" })],
    [
      "s3:RequestObjectTag/class",
      "closed",
      () => ann.send(new sdk.PutObjectTaggingCommand({ Bucket, Key, Tagging: tagging })),
    ],
    ["s3:x-amz-acl", "public-read", () => ann.send(new sdk.PutBucketAclCommand({ Bucket, ACL: "public-read" }))],
    ["s3:x-amz-acl", "bucket-owner-full-control", () => put({ ACL: "bucket-owner-full-control" })],
    ["s3:x-amz-grant-read", 'id="0"', () => put({ GrantRead: 'id="0"' })],
    ["s3:x-amz-server-side-encryption", "AES256", () => put({ ServerSideEncryption: "AES256" })],
    ["s3:x-amz-storage-class", "GLACIER", () => put({ StorageClass: "GLACIER" })],
    ["s3:x-amz-website-redirect-location", "/a", () => put({ WebsiteRedirectLocation: "/a" })],
    ["s3:if-none-match", "*", () => put({ IfNoneMatch: "*" })],
    ["s3:if-match", "a", () => ann.send(new sdk.DeleteObjectCommand({ Bucket, Key: "no", IfMatch: "a" }))],
    ["s3:ObjectCreationOperation", "true", put],
    [
      "s3:ObjectCreationOperation",
      "false",
      () => ann.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: "upload" })),
    ],
    ["s3:object-lock-mode", "GOVERNANCE", () => put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: year })],
    [
      "s3:object-lock-retain-until-date",
      year.toISOString(),
      () =>
        ann.send(
          new sdk.PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode: "COMPLIANCE", RetainUntilDate: year } }),
        ),
    ],
    [
      "s3:object-lock-legal-hold",
      "OFF",
      () => ann.send(new sdk.PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: "OFF" } })),
    ],
    [
      "s3:x-amz-copy-source",
      `${Bucket}/${Key}`,
      () => ann.send(new sdk.CopyObjectCommand({ Bucket, Key: "copy", CopySource: `/${Bucket}/${Key}` })),
    ],
    [
      "s3:x-amz-metadata-directive",
      "REPLACE",
      () =>
        ann.send(
          new sdk.CopyObjectCommand({
            Bucket,
            Key: "copy",
            CopySource: `${Bucket}/${Key}`,
            MetadataDirective: "REPLACE",
          }),
        ),
    ],
    [
      "s3:locationconstraint",
      "eu-west-1",
      () =>
        ann.send(
          new sdk.CreateBucketCommand({
            Bucket: "made-by-ann",
            CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
          }),
        ),
    ],
    [
      "s3:x-amz-object-ownership",
      "ObjectWriter",
      () => ann.send(new sdk.CreateBucketCommand({ Bucket: "made-by-ann", ObjectOwnership: "ObjectWriter" })),
    ],
    [
      "s3:InventoryAccessibleOptionalFields",
      "Size",
      () =>
        ann.send(
          new sdk.PutBucketInventoryConfigurationCommand({
            Bucket,
            Id: "i",
            InventoryConfiguration: {
              Id: "i",
              IsEnabled: true,
              IncludedObjectVersions: "All",
              Schedule: { Frequency: "Daily" },
              OptionalFields: ["Size"],
              Destination: { S3BucketDestination: { Bucket: `arn:aws:s3:::${Bucket}`, Format: "CSV" } },
            },
          }),
        ),
    ],
    [
      "s3:x-amz-bucket-namespace",
      "global",
      () => ann.send(new sdk.CreateBucketCommand({ Bucket: "made-by-ann", BucketNamespace: "global" })),
    ],
    [
      "s3:x-amz-server-side-encryption-aws-kms-key-id",
      keyArn,
      () => put({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: keyArn }),
    ],
    ["s3:x-amz-content-sha256", createHash("sha256").digest("hex"), get],
    ["s3:authType", "REST-HEADER", get],
    ["s3:signatureversion", "AWS4-HMAC-SHA256", get],
    ["s3:ResourceAccount", "000000000000", get],
    ["s3:BucketTag/team", "a", get],
    ["aws:ResourceTag/team", "a", get],
  ])("%s: %s", async (key, value, call) => {
    const anyOf = key === "s3:RequestObjectTagKeys" || key.startsWith("s3:Inventory") ? "ForAnyValue:" : "";
    await forbid({ [`${anyOf}StringEquals`]: { [key]: value } });
    expect(await isDenied(call())).toBe(true);
  });

  test("where it is a number", async () => {
    const held = { ObjectLockMode: "GOVERNANCE" as const, ObjectLockRetainUntilDate: year };
    await forbid({ NumericGreaterThan: { "s3:object-lock-remaining-retention-days": "1000" } });
    expect(await isDenied(put(held))).toBe(true);
    await forbid({ NumericGreaterThan: { "s3:TlsVersion": "1.2" } });
    expect(await isDenied(get())).toBe(true);
    await forbid({ NumericGreaterThan: { "s3:signatureAge": "600000" } });
    expect(await isDenied(get())).toBe(false);
  });

  test("where the request is signed in its URL, or a form", async () => {
    const url = await getSignedUrl(ann, new sdk.GetObjectCommand({ Bucket, Key }));
    const signer = await ann.config.credentials();
    const drawn = { conditions: [{ bucket: Bucket }, { key: "posted" }], fields: { key: "posted" }, now: Date.now() };
    const posted = signedForm(signer, { ...drawn, policy: { expiration: year.toISOString() } });
    const ways = async (): Promise<number[]> => [
      (await fetch(url)).status,
      (await fetch(`${cloud.endpoint}/${Bucket}`, { method: "POST", body: posted })).status,
      (await fetch(olderUrl(signer))).status,
    ];
    await forbid({ StringEquals: { "s3:authType": "REST-QUERY-STRING" } });
    expect(await ways()).toEqual([403, 204, 403]);
    await forbid({ StringEquals: { "s3:authType": "POST" } });
    expect(await ways()).toEqual([200, 403, 200]);
    await forbid({ StringEquals: { "s3:signatureversion": "AWS4-HMAC-SHA256" } });
    expect(await ways()).toEqual([403, 403, 200]);
    // Signatures of the older kind have no date.
    await forbid({ NumericEquals: { "s3:signatureAge": "0" } });
    expect(await ways()).toEqual([200, 204, 403]);
    await forbid({ NumericGreaterThan: { "s3:signatureAge": "600000" } });
    await cloud.clock.advance("11 minutes");
    expect(await ways()).toEqual([403, 403, 200]);
  });

  test("however a copy's source was encoded", async () => {
    await forbid({ StringEquals: { "s3:x-amz-copy-source": `${Bucket}/${Key}` } });
    const copy = (CopySource: string) => ann.send(new sdk.CopyObjectCommand({ Bucket, Key: "copied", CopySource }));
    expect(await isDenied(copy(`${Bucket}%2F%6B`))).toBe(true);
    expect(await isDenied(copy(`${Bucket}/written`))).toBe(false);
  });
});

/** A URL signed as before SigV4, for a day. */
function olderUrl({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }): string {
  const Expires = String(Math.floor(Date.now() / 1000) + 86_400);
  const text = `GET\n\n\n${Expires}\n/${Bucket}/${Key}`;
  const Signature = createHmac("sha1", secretAccessKey).update(text).digest("base64");
  const query = new URLSearchParams({ AWSAccessKeyId: accessKeyId, Expires, Signature });
  return `${cloud.endpoint}/${Bucket}/${Key}?${query.toString()}`;
}

describe("a key is not there", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["s3:if-none-match", () => ann.send(new sdk.GetObjectCommand({ Bucket, Key, IfNoneMatch: '"x"' }))],
    ["s3:ExistingObjectTag/class", () => ann.send(new sdk.DeleteObjectCommand({ Bucket, Key: "written" }))],
    ["s3:VersionId", get],
    ["s3:signatureAge", get],
    ["s3:prefix", () => ann.send(new sdk.HeadBucketCommand({ Bucket }))],
    ["s3:x-amz-server-side-encryption", put],
  ])("%s", async (key, call) => {
    await forbid({ Null: { [key]: "false" } });
    expect(await isDenied(call())).toBe(false);
  });

  test("tags in a whole copy's source, though they are in a read", async () => {
    await forbid({ Null: { "s3:ExistingObjectTag/class": "false" } });
    expect(await isDenied(get())).toBe(true);
    const copy = new sdk.CopyObjectCommand({ Bucket, Key: "copied", CopySource: `${Bucket}/${Key}` });
    expect(await isDenied(ann.send(copy))).toBe(false);
  });
});

test("parts and completion have the encryption that their upload was begun with", async () => {
  await forbid({ Bool: { "s3:none": "true" } });
  const { UploadId } = await ann.send(
    new sdk.CreateMultipartUploadCommand({ Bucket, Key: "sealed", ServerSideEncryption: "AES256" }),
  );
  await forbid({ StringEquals: { "s3:x-amz-server-side-encryption": "AES256" } });
  const part = { Bucket, Key: "sealed", UploadId };
  expect(await isDenied(ann.send(new sdk.UploadPartCommand({ ...part, PartNumber: 1, Body: "-" })))).toBe(true);
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: "x" }] };
  expect(await isDenied(ann.send(new sdk.CompleteMultipartUploadCommand({ ...part, MultipartUpload })))).toBe(true);
});
