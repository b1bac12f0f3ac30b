// Who may do what: bucket policies, access control lists, public access blocks, IAM users.

import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let user: S3Client;
let stranger: S3Client;
const Bucket = "guarded-here";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  user = new S3Client({ ...cloud.clientConfig(), credentials });
  stranger = new S3Client({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: "111122223333", secretAccessKey: "x" },
  });
  await allowAnn(["s3:GetObject"], `arn:aws:s3:::${Bucket}/mine/*`);
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ["mine/a", "theirs/a", "public/a"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function allowAnn(Action: string[], Resource: string | string[], Condition: object = {}): Promise<void> {
  const iam = new IAMClient(cloud.clientConfig());
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource, Condition }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
}

async function failure(call: Promise<unknown>): Promise<string> {
  const error = (await call.then(
    () => new Error("it was allowed"),
    (thrown: unknown) => thrown,
  )) as Error;
  return `${error.name}: ${error.message}`;
}

async function anonymous(path: string): Promise<[number, string]> {
  const response = await fetch(`${cloud.endpoint}/${path}`);
  return [response.status, await response.text()];
}

describe("an IAM user", () => {
  test("reads what the user's policy names, and is told what is missing elsewhere", async () => {
    const { Body } = await user.send(new GetObjectCommand({ Bucket, Key: "mine/a" }));
    expect(await Body?.transformToString()).toBe("mine/a");
    expect(await failure(user.send(new GetObjectCommand({ Bucket, Key: "theirs/a" })))).toBe(
      `AccessDenied: User: arn:aws:iam::000000000000:user/ann is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${Bucket}/theirs/a" because no identity-based policy allows the s3:GetObject action`,
    );
  });

  test("who may not list learns nothing of missing keys", async () => {
    expect(await failure(user.send(new GetObjectCommand({ Bucket, Key: "mine/missing" })))).toContain("s3:ListBucket");
    await allowAnn(["s3:GetObject", "s3:ListBucket"], [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/mine/*`]);
    expect(await failure(user.send(new GetObjectCommand({ Bucket, Key: "mine/missing" })))).toBe(
      "NoSuchKey: The specified key does not exist.",
    );
  });

  test("lists only below the prefix that a condition names", async () => {
    await allowAnn(["s3:ListBucket"], `arn:aws:s3:::${Bucket}`, { StringLike: { "s3:prefix": "mine/*" } });
    expect((await user.send(new ListObjectsV2Command({ Bucket, Prefix: "mine/" }))).KeyCount).toBe(1);
    expect(await failure(user.send(new ListObjectsV2Command({ Bucket })))).toContain("AccessDenied");
  });

  test("writes over what is known only where it may be read", async () => {
    const Resource = `arn:aws:s3:::${Bucket}/mine/*`;
    const { ETag: IfMatch } = await s3.send(new PutObjectCommand({ Bucket, Key: "mine/known", Body: "1" }));
    const write = () => user.send(new PutObjectCommand({ Bucket, Key: "mine/known", Body: "2", IfMatch }));
    await allowAnn(["s3:PutObject"], Resource);
    expect(await failure(write())).toContain("not authorized to perform: s3:GetObject");
    await user.send(new PutObjectCommand({ Bucket, Key: "mine/unknown", Body: "2", IfNoneMatch: "*" }));
    await allowAnn(["s3:PutObject", "s3:GetObject"], Resource);
    await write();
  });

  test("deletes what is allowed; the rest of DeleteObjects is refused key by key", async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: "mine/gone", Body: "x" }));
    await allowAnn(["s3:DeleteObject"], `arn:aws:s3:::${Bucket}/mine/*`);
    const Objects = [{ Key: "mine/gone" }, { Key: "theirs/a" }];
    const { Deleted, Errors } = await user.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect([Deleted, Errors?.map((each) => [each.Key, each.Code])]).toEqual([
      [{ Key: "mine/gone" }],
      [["theirs/a", "AccessDenied"]],
    ]);
    const span = cloud.trace.spans().findLast(({ name }) => name === "s3:DeleteObjects");
    expect(span?.attributes["denied"]).toContain(
      JSON.stringify({ Effect: "Allow", Action: "s3:DeleteObject", Resource: `arn:aws:s3:::${Bucket}/theirs/a` }),
    );
  });

  test("a presigned URL lends the signer's rights until it expires", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "mine/a" }), { expiresIn: 60 });
    expect(await (await fetch(url)).text()).toBe("mine/a");
    const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "signed" }), { expiresIn: 60 });
    expect((await fetch(put, { method: "PUT", body: "through a URL" })).status).toBe(200);
    expect(await (await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "signed" })))).text()).toBe(
      "through a URL",
    );
    await cloud.clock.advance("2 minutes");
    expect((await fetch(url)).status).toBe(403);
  });
});

describe("anonymous callers", () => {
  test("get nothing by default, in S3's few words", async () => {
    const [status, body] = await anonymous(`${Bucket}/public/a`);
    expect([status, body]).toEqual([
      403,
      expect.stringContaining("<Code>AccessDenied</Code><Message>Access Denied</Message>"),
    ]);
  });

  test("get what a public policy gives, unless public access is restricted", async () => {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/public/*`,
    };
    await s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }),
    );
    expect(await anonymous(`${Bucket}/public/a`)).toEqual([200, "public/a"]);
    expect((await anonymous(`${Bucket}/theirs/a`))[0]).toBe(403);
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
    );
    expect((await anonymous(`${Bucket}/public/a`))[0]).toBe(403);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  });

  test("get what an object's access control list grants, unless that is ignored", async () => {
    await s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
      }),
    );
    await s3.send(new PutObjectAclCommand({ Bucket, Key: "mine/a", ACL: "public-read" }));
    expect(await anonymous(`${Bucket}/mine/a`)).toEqual([200, "mine/a"]);
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } }),
    );
    expect((await anonymous(`${Bucket}/mine/a`))[0]).toBe(403);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  });
});

describe("another account", () => {
  test("is let in by the bucket's policy only", async () => {
    expect(await failure(stranger.send(new GetObjectCommand({ Bucket, Key: "theirs/a" })))).toContain("AccessDenied");
    const statement = {
      Effect: "Allow",
      Principal: { AWS: "111122223333" },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/theirs/*`,
    };
    await s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }),
    );
    const { Body } = await stranger.send(new GetObjectCommand({ Bucket, Key: "theirs/a" }));
    expect(await Body?.transformToString()).toBe("theirs/a");
  });

  test("an explicit deny stops even the owner's root", async () => {
    const statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/theirs/*`,
    };
    await s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }),
    );
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: "theirs/a" })))).toContain(
      "with an explicit deny in a resource-based policy",
    );
  });
});

describe("a bucket whose requesters pay", () => {
  test("gives strangers what they say they pay for, and its owner everything", async () => {
    const Bucket = "payers-here";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
    const Principal = { AWS: "111122223333" };
    const Statement = [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
    await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: "Requester" } }));
    const read = (client: S3Client, more: object) =>
      client.send(new GetObjectCommand({ Bucket, Key: "k", ...more })).then(({ Body }) => Body?.transformToString());
    expect(await read(s3, {})).toBe("x");
    expect(await failure(read(stranger, {}))).toBe("AccessDenied: Access Denied");
    expect(await read(stranger, { RequestPayer: "requester" })).toBe("x");
  });
});

describe("public access blocks", () => {
  test("refuse what would make a bucket public, by policy or by access control list", async () => {
    const Bucket = "blocked-here";
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
      }),
    );
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
    const Statement = [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    ];
    const open = { Version: "2012-10-17", Statement };
    const narrow = {
      ...open,
      Statement: [{ ...Statement[0], Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }],
    };
    expect(await failure(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(open) })))).toContain(
      "AccessDenied",
    );
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(narrow) }));
    const acl = { Bucket, Key: "k", ACL: "public-read" as const };
    expect(await failure(s3.send(new PutObjectAclCommand(acl)))).toContain("AccessDenied");
    expect(await failure(s3.send(new PutObjectCommand({ ...acl, Body: "x" })))).toContain("AccessDenied");
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }),
    );
    await s3.send(new PutObjectAclCommand(acl));
    expect((await anonymous(`${Bucket}/k`))[0]).toBe(200);
  });
});
