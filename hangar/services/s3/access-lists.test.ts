// Access control lists and object ownership between accounts: who owns what, and what that gives.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
  type Grant,
  type ObjectOwnership,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let owner: S3Client;
let writer: S3Client;
let ownerId: string;
let writerId: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  owner = new S3Client(cloud.clientConfig());
  writer = new S3Client({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: "111122223333", secretAccessKey: "x" },
  });
  const idOf = async (client: S3Client) => (await client.send(new ListBucketsCommand({}))).Owner?.ID ?? "";
  [ownerId, writerId] = await Promise.all([idOf(owner), idOf(writer)]);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** A bucket that all may write, in the first account. */
async function open(Bucket: string, ownership: ObjectOwnership): Promise<string> {
  await owner.send(new CreateBucketCommand({ Bucket, ObjectOwnership: ownership }));
  await owner.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await owner.send(new PutBucketAclCommand({ Bucket, ACL: "public-read-write" }));
  return Bucket;
}

async function write(Bucket: string, Key: string, more: Partial<PutObjectCommandInput> = {}): Promise<void> {
  await writer.send(new PutObjectCommand({ Bucket, Key, Body: "theirs", ...more }));
}

async function outcome(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => "done",
    (thrown: unknown) => (thrown as Error).name,
  );
}

const read = (client: S3Client, Bucket: string, Key: string) =>
  outcome(client.send(new GetObjectCommand({ Bucket, Key })));

async function listOf(client: S3Client, Bucket: string, Key: string): Promise<unknown[]> {
  const { Owner, Grants = [] } = await client.send(new GetObjectAclCommand({ Bucket, Key }));
  return [Owner?.ID, ...Grants.map((grant) => [grant.Grantee?.ID ?? grant.Grantee?.URI, grant.Permission])];
}

describe("an object of another account", () => {
  test("is its writer's: the bucket's owner may delete it, not read it nor its list", async () => {
    const Bucket = await open("acl-writer", "ObjectWriter");
    await write(Bucket, "k");
    expect(await read(owner, Bucket, "k")).toBe("AccessDenied");
    expect(await outcome(owner.send(new GetObjectAclCommand({ Bucket, Key: "k" })))).toBe("AccessDenied");
    expect(await outcome(owner.send(new PutObjectAclCommand({ Bucket, Key: "k", ACL: "private" })))).toBe(
      "AccessDenied",
    );
    expect(await read(writer, Bucket, "k")).toBe("done");
    expect(await listOf(writer, Bucket, "k")).toEqual([writerId, [writerId, "FULL_CONTROL"]]);
    const { Contents } = await owner.send(new ListObjectsCommand({ Bucket }));
    expect(Contents?.map((object) => object.Owner?.ID)).toEqual([writerId]);
    expect(await outcome(owner.send(new DeleteObjectCommand({ Bucket, Key: "k" })))).toBe("done");
  });

  test("is shared with the bucket's owner by a canned list, set with it or later", async () => {
    const Bucket = await open("acl-shared", "ObjectWriter");
    await write(Bucket, "full", { ACL: "bucket-owner-full-control" });
    expect(await read(owner, Bucket, "full")).toBe("done");
    expect(await listOf(owner, Bucket, "full")).toEqual([
      writerId,
      [writerId, "FULL_CONTROL"],
      [ownerId, "FULL_CONTROL"],
    ]);
    await write(Bucket, "later");
    await writer.send(new PutObjectAclCommand({ Bucket, Key: "later", ACL: "bucket-owner-read" }));
    expect(await read(owner, Bucket, "later")).toBe("done");
    expect(await outcome(owner.send(new GetObjectAclCommand({ Bucket, Key: "later" })))).toBe("AccessDenied");
  });

  test("is out of reach of the bucket's policy, except of what it forbids", async () => {
    const Bucket = await open("acl-policy", "ObjectWriter");
    await write(Bucket, "k");
    const statement = (Effect: string) => ({
      Effect,
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/*`,
    });
    const set = (Effect: string) =>
      owner.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: statement(Effect) }) }));
    await set("Allow");
    expect(await read(owner, Bucket, "k")).toBe("AccessDenied");
    await set("Deny");
    expect(await read(writer, Bucket, "k")).toBe("AccessDenied");
  });

  test("is the bucket owner's where that is preferred and the writer gives it up", async () => {
    const Bucket = await open("acl-preferred", "BucketOwnerPreferred");
    await write(Bucket, "given", { ACL: "bucket-owner-full-control" });
    expect(await listOf(owner, Bucket, "given")).toEqual([ownerId, [ownerId, "FULL_CONTROL"]]);
    expect(await read(writer, Bucket, "given")).toBe("AccessDenied");
    await write(Bucket, "kept");
    expect(await read(owner, Bucket, "kept")).toBe("AccessDenied");
    expect(await listOf(writer, Bucket, "kept")).toEqual([writerId, [writerId, "FULL_CONTROL"]]);
  });

  test("becomes the bucket owner's when lists are turned off", async () => {
    const Bucket = await open("acl-enforced", "ObjectWriter");
    await write(Bucket, "k");
    await owner.send(new PutBucketAclCommand({ Bucket, ACL: "private" }));
    const Rules = [{ ObjectOwnership: "BucketOwnerEnforced" as const }];
    await owner.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
    expect(await read(owner, Bucket, "k")).toBe("done");
    expect(await listOf(owner, Bucket, "k")).toEqual([ownerId, [ownerId, "FULL_CONTROL"]]);
    expect(await read(writer, Bucket, "k")).toBe("AccessDenied");
  });
});

describe("a list", () => {
  const set = (Bucket: string, ...Grants: Grant[]) =>
    outcome(owner.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Owner: { ID: ownerId }, Grants } })));

  test("takes no grantee by e-mail any more", async () => {
    const Bucket = await open("acl-email", "ObjectWriter");
    const byEmail = { Type: "AmazonCustomerByEmail" as const, EmailAddress: "a@example.com" };
    expect(await set(Bucket, { Grantee: byEmail, Permission: "READ" })).toBe("MethodNotAllowed");
    const GrantRead = 'emailAddress="a@example.com"';
    expect(await outcome(owner.send(new PutBucketAclCommand({ Bucket, GrantRead })))).toBe("MethodNotAllowed");
  });

  test("has 100 grants at most", async () => {
    const Bucket = await open("list-of-many", "ObjectWriter");
    const grants = (count: number): Grant[] =>
      Array.from({ length: count }, () => ({
        Grantee: { Type: "CanonicalUser" as const, ID: writerId },
        Permission: "READ" as const,
      }));
    const put = (count: number) =>
      owner.send(
        new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Owner: { ID: ownerId }, Grants: grants(count) } }),
      );
    await put(100);
    await expect(put(101)).rejects.toMatchObject({ name: "MalformedACLError", $metadata: { httpStatusCode: 400 } });
    expect((await owner.send(new GetBucketAclCommand({ Bucket }))).Grants).toHaveLength(100);
  });

  test("may leave its owner without grants, and shows the owner alone once lists are off", async () => {
    const Bucket = await open("acl-empty", "ObjectWriter");
    expect(await set(Bucket)).toBe("done");
    expect((await owner.send(new GetBucketAclCommand({ Bucket }))).Grants).toEqual([]);
    const Rules = [{ ObjectOwnership: "BucketOwnerEnforced" as const }];
    await owner.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
    const { Grants } = await owner.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants?.map((grant) => [grant.Grantee?.ID, grant.Permission])).toEqual([[ownerId, "FULL_CONTROL"]]);
  });
});
