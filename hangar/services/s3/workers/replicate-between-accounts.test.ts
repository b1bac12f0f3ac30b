// Replication between accounts: who lets whom in, and whose the replicas are.

import {
  DeleteObjectCommand,
  GetObjectAclCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { makeBucket, makeRole, replicate, Role, role, statusOf, to } from "./test-replication.ts";

let cloud: RunningCloud;
let s3: S3Client;
let west: S3Client;
let other: S3Client;
let iam: IAMClient;
const OTHER = "222222222222";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  west = new S3Client({ ...cloud.clientConfig(), region: "eu-west-1" });
  other = new S3Client({ ...cloud.clientConfig(), credentials: { accessKeyId: OTHER, secretAccessKey: "x" } });
  iam = new IAMClient(cloud.clientConfig());
  await makeRole(iam, "replicator", ["s3:*", "kms:Encrypt", "kms:Decrypt"]);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("accounts", () => {
  const Bucket = "of-another-account";
  const policy = (Action: string[]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: Role }, Action, Resource: `arn:aws:s3:::${Bucket}/*` }],
    });
  const ownerOf = async (client: S3Client, Key: string) =>
    (await client.send(new GetObjectAclCommand({ Bucket, Key }))).Owner?.ID;

  test("let replicas in by the destination's policy", async () => {
    await makeBucket(s3, "crosses");
    await makeBucket(other, Bucket, { ownership: "ObjectWriter" });
    await replicate(s3, "crosses", [to(Bucket)]);
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "refused", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "crosses", "refused")).toBe("FAILED");
    await other.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(["s3:ReplicateObject"]) }));
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "k", Body: "1" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "crosses", Key: "k" }));
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "tagged", Body: "1", Tagging: "a=b" }));
    await cloud.settle();
    const { Versions, DeleteMarkers } = await other.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.map((version) => version.Key), DeleteMarkers]).toEqual([["k"], undefined]);
    expect(await statusOf(s3, "crosses", "tagged")).toBe("FAILED");
  });

  test("hand replicas over where the rule says so and the policy lets them", async () => {
    const Destination = {
      Bucket: `arn:aws:s3:::${Bucket}`,
      Account: OTHER,
      AccessControlTranslation: { Owner: "Destination" as const },
    };
    await replicate(s3, "crosses", [to(Bucket, { Destination })]);
    const actions = ["s3:ReplicateObject", "s3:ObjectOwnerOverrideToBucketOwner"];
    await other.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(actions) }));
    await s3.send(new PutObjectCommand({ Bucket: "crosses", Key: "theirs", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "crosses", "theirs")).toBe("COMPLETED");
    const { Owner } = await s3.send(new GetObjectAclCommand({ Bucket: "crosses", Key: "theirs" }));
    expect(await ownerOf(s3, "k")).toBe(Owner?.ID);
    expect(await ownerOf(other, "theirs")).toMatch(/^[0-9a-f]{64}$/);
    expect(await ownerOf(other, "theirs")).not.toBe(Owner?.ID);
  });
});

describe("a stranger's object", () => {
  test("is replicated by the bucket's role, in the bucket's account", async () => {
    await makeBucket(s3, "open-from");
    await makeBucket(west, "open-west");
    await replicate(s3, "open-from", [to("open-west")]);
    const Action = ["s3:PutObject", "s3:GetObject"];
    const Principal = { AWS: OTHER };
    const statement = { Effect: "Allow", Principal, Action, Resource: "arn:aws:s3:::open-from/*" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await s3.send(new PutBucketPolicyCommand({ Bucket: "open-from", Policy }));
    await other.send(new PutObjectCommand({ Bucket: "open-from", Key: "k", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(other, "open-from", "k")).toBe("COMPLETED");
    expect(await statusOf(west, "open-west", "k")).toBe("REPLICA");
  });

  test("is not, when the role was never let in, and the trace says why", async () => {
    await makeRole(iam, "timid", ["s3:Get*", "s3:ReplicateTags"]);
    await replicate(s3, "open-from", [to("open-west")], role("timid"));
    await other.send(new PutObjectCommand({ Bucket: "open-from", Key: "k2", Body: "1" }));
    await cloud.settle();
    expect(await statusOf(s3, "open-from", "k2")).toBe("FAILED");
    const span = cloud.trace.spans().findLast(({ name }) => name === "s3.replicate");
    expect(span?.attributes).toMatchObject({
      destination: "arn:aws:s3:::open-west",
      replication: "DstPutObjectNotPermitted",
      denied: expect.stringContaining("s3:ReplicateObject"),
    });
  });
});
