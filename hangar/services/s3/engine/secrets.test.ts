// Encryption at rest: what lies on the disk is never what was put, and KMS decides who reads it.

import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let directory: string;
let cloud: RunningCloud;
let s3: S3Client;
let kms: KMSClient;
let KeyId: string;
const Bucket = "encrypted-here";
const secret = "what nobody may read on the disk ";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-at-rest-"));
  cloud = await startCloud({ listen: false, directory });
  s3 = new S3Client(cloud.clientConfig());
  kms = new KMSClient(cloud.clientConfig());
  KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }] },
    }),
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(directory, { recursive: true, force: true });
});

/** Every file below the folder. */
async function kept(): Promise<Buffer[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
}

async function text(client: S3Client, Key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

describe("at rest", () => {
  const customer = Buffer.alloc(32, 7);
  test.each([
    { how: "SSE-S3", Key: "s3", more: {} },
    { how: "SSE-KMS", Key: "kms", more: { ServerSideEncryption: "aws:kms" as const } },
    { how: "DSSE-KMS", Key: "dsse", more: { ServerSideEncryption: "aws:kms:dsse" as const } },
    {
      how: "SSE-C",
      Key: "customer",
      more: { SSECustomerAlgorithm: "AES256", SSECustomerKey: customer as unknown as string },
    },
  ])("$how: small or large, no byte of the body is readable", async ({ Key, more }) => {
    const { ServerSideEncryption } = more as { ServerSideEncryption?: "aws:kms" };
    const key = ServerSideEncryption === undefined ? {} : { SSEKMSKeyId: KeyId };
    const before = (await kept()).reduce((sum, file) => sum + file.length, 0);
    for (const times of [1, 10_000])
      await s3.send(
        new PutObjectCommand({ Bucket, Key: `${Key}${times}`, Body: secret.repeat(times), ...more, ...key }),
      );
    const files = await kept();
    expect(files.reduce((sum, file) => sum + file.length, 0) - before).toBeGreaterThan(secret.length * 10_000);
    expect(files.filter((file) => file.includes(secret.trim()))).toEqual([]);
  });
});

describe("SSE-C", () => {
  const customer = { SSECustomerAlgorithm: "AES256", SSECustomerKey: Buffer.alloc(32, 7).toString("base64") };

  test("is refused to writers until the bucket allows it, and read all the same", async () => {
    const other = { Bucket: "no-customers-here", Key: "k" };
    await s3.send(new CreateBucketCommand({ Bucket: other.Bucket }));
    const types = async () => {
      const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand(other));
      return ServerSideEncryptionConfiguration?.Rules?.[0]?.BlockedEncryptionTypes?.EncryptionType;
    };
    const set = async (rule: ServerSideEncryptionRule) =>
      s3.send(new PutBucketEncryptionCommand({ ...other, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    const put = async () => s3.send(new PutObjectCommand({ ...other, Body: "x", ...customer }));
    const refused = { name: "AccessDenied", $metadata: { httpStatusCode: 403 } };
    expect(await types()).toEqual(["SSE-C"]);
    await expect(put()).rejects.toMatchObject(refused);
    await expect(s3.send(new CreateMultipartUploadCommand({ ...other, ...customer }))).rejects.toMatchObject(refused);
    await set({ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } });
    await set({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } });
    expect(await types()).toEqual(["NONE"]);
    await put();
    await set({ BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } });
    await expect(put()).rejects.toMatchObject(refused);
    const { Body } = await s3.send(new GetObjectCommand({ ...other, ...customer }));
    expect(await Body?.transformToString()).toBe("x");
  });
});

describe("SSE-KMS", () => {
  test("names its key, and gives the bucket's default to those that say nothing", async () => {
    const rule = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: KeyId },
      BucketKeyEnabled: true,
    };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: "default", Body: "x" }));
    const told = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KeyId, BucketKeyEnabled: true };
    expect(put).toMatchObject(told);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: "default" }))).toMatchObject(told);
    expect(put.ETag).not.toBe('"9dd4e461268c8034f5c8564e155c67a6"');
    expect(await text(s3, "default")).toBe("x");
  });

  test("is not read while its key is disabled", async () => {
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(text(s3, "default")).rejects.toMatchObject({ name: "KMS.DisabledException" });
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: "no", Body: "x" }))).rejects.toMatchObject({
      name: "KMS.DisabledException",
    });
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await text(s3, "default")).toBe("x");
  });

  test("is read by those who may decrypt, and only them", async () => {
    const iam = new IAMClient(cloud.clientConfig());
    await iam.send(new CreateUserCommand({ UserName: "reader" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
    const reader = new S3Client({ ...cloud.clientConfig(), credentials: { accessKeyId, secretAccessKey } });
    const allow = async (...statements: object[]): Promise<void> => {
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      await iam.send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "p", PolicyDocument }));
    };
    const get = { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` };
    await allow(get);
    await expect(text(reader, "default")).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("kms:Decrypt"),
    });
    const through = { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } };
    await allow(get, { Effect: "Allow", Action: "kms:Decrypt", Resource: KeyId, Condition: through });
    expect(await text(reader, "default")).toBe("x");
  });
});
