// Encryption changed at rest, who pays for a request, and tags that count in policies.

import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketAbacCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UpdateObjectEncryptionCommand,
} from "@aws-sdk/client-s3";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let stranger: S3Client;
const Bucket = "at-rest";
const Key = "k";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  const credentials = { accessKeyId: "111122223333", secretAccessKey: "test" };
  stranger = new S3Client({ ...cloud.clientConfig(), credentials });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function letStrangersRead(Condition?: object): Promise<void> {
  const Principal = { AWS: "arn:aws:iam::111122223333:root" };
  const statement = { Effect: "Allow", Principal, Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, Condition }] });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

test("UpdateObjectEncryption puts an object under a KMS key, and changes nothing else of it", async () => {
  const kms = new KMSClient(cloud.clientConfig());
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const body = "secret ".repeat(50_000);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: body, Metadata: { a: "b" } }));
  const before = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const ObjectEncryption = { SSEKMS: { KMSKeyArn: KeyMetadata?.Arn ?? "", BucketKeyEnabled: true } };
  await s3.send(new UpdateObjectEncryptionCommand({ Bucket, Key, ObjectEncryption }));
  const { $metadata: _, ...after } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const { $metadata: __, ...kept } = before;
  const encrypted = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KeyMetadata?.Arn, BucketKeyEnabled: true };
  expect(after).toEqual({ ...kept, ...encrypted });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await Body?.transformToString()).toBe(body);
  await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId ?? "" }));
  await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: "KMS.DisabledException" });
  await expect(
    s3.send(new UpdateObjectEncryptionCommand({ Bucket, Key: "missing", ObjectEncryption })),
  ).rejects.toMatchObject({ name: "NoSuchKey" });
});

test("a stranger who says that they pay is told that they did", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "paid", Body: "1" }));
  await letStrangersRead();
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: "Requester" } }));
  const input = { Bucket, Key: "paid", RequestPayer: "requester" as const };
  expect((await stranger.send(new GetObjectCommand(input))).RequestCharged).toBe("requester");
  expect((await s3.send(new GetObjectCommand(input))).RequestCharged).toBeUndefined();
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: "BucketOwner" } }));
  expect((await stranger.send(new GetObjectCommand(input))).RequestCharged).toBeUndefined();
});

test("tags of a bucket count in policies once attribute-based access control is on", async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "tagged", Body: "1" }));
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "open", Value: "yes" }] } }));
  await letStrangersRead({ StringEquals: { "aws:ResourceTag/open": "yes" } });
  const read = (): Promise<unknown> => stranger.send(new GetObjectCommand({ Bucket, Key: "tagged" }));
  await expect(read()).rejects.toMatchObject({ name: "AccessDenied" });
  await s3.send(new PutBucketAbacCommand({ Bucket, AbacStatus: { Status: "Enabled" } }));
  await read();
  await s3.send(new PutBucketAbacCommand({ Bucket, AbacStatus: { Status: "Disabled" } }));
  await expect(read()).rejects.toMatchObject({ name: "AccessDenied" });
});
