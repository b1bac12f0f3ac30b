// Calls that need more than one right: each is refused while one is missing, and names it.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let root: S3Client;
let ann: S3Client;
const Bucket = "needed-here";
const until = new Date("2090-01-01T00:00:00Z");

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  root = new S3Client(cloud.clientConfig());
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  ann = new S3Client({ ...cloud.clientConfig(), credentials });
  await root.send(
    new sdk.CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true, ObjectOwnership: "BucketOwnerPreferred" }),
  );
  await root.send(new sdk.PutObjectCommand({ Bucket, Key: "k", Body: "-" }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function allow(Action: readonly string[]): Promise<void> {
  const Statement = { Effect: "Allow", Action: Action.map((each) => `s3:${each}`), Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }));
}

async function refusal(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: Error) => /perform: s3:(\w+)/.exec(error.message)?.[1] ?? `${error.name}: ${error.message}`,
  );
}

let made = 0;
const make = (more: Partial<sdk.CreateBucketCommandInput>) => () =>
  ann.send(new sdk.CreateBucketCommand({ Bucket: `made-by-ann-${(made += 1)}`, ...more }));
const put = (more: Partial<sdk.PutObjectCommandInput>) => () =>
  ann.send(new sdk.PutObjectCommand({ Bucket, Key: "written", Body: "-", ...more }));

test.each<[string, readonly string[], () => Promise<unknown>]>([
  ["a new bucket", ["CreateBucket"], make({})],
  ["a new bucket that is private in words", ["CreateBucket"], make({ ACL: "private" })],
  [
    "a new bucket with a list",
    ["CreateBucket", "PutBucketAcl", "PutBucketOwnershipControls"],
    make({ ACL: "authenticated-read", ObjectOwnership: "ObjectWriter" }),
  ],
  [
    "a new bucket with grants",
    ["CreateBucket", "PutBucketAcl", "PutBucketOwnershipControls"],
    make({ GrantRead: 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"', ObjectOwnership: "ObjectWriter" }),
  ],
  [
    "a new bucket with locks",
    ["CreateBucket", "PutBucketObjectLockConfiguration", "PutBucketVersioning"],
    make({ ObjectLockEnabledForBucket: true }),
  ],
  [
    "a new bucket with tags",
    ["CreateBucket", "TagResource"],
    make({ CreateBucketConfiguration: { Tags: [{ Key: "a", Value: "b" }] } }),
  ],
  ["an object with tags", ["PutObject", "PutObjectTagging"], put({ Tagging: "a=b" })],
  ["an object with a list", ["PutObject", "PutObjectAcl"], put({ ACL: "bucket-owner-full-control" })],
  [
    "an object that is retained",
    ["PutObject", "PutObjectRetention"],
    put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until }),
  ],
  ["an object that is held", ["PutObject", "PutObjectLegalHold"], put({ ObjectLockLegalHoldStatus: "OFF" })],
  [
    "attributes",
    ["GetObjectAttributes", "GetObject"],
    () => ann.send(new sdk.GetObjectAttributesCommand({ Bucket, Key: "k", ObjectAttributes: ["ETag"] })),
  ],
  [
    "a copy",
    ["PutObject", "GetObject"],
    () => ann.send(new sdk.CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/k` })),
  ],
])("%s: %j", async (_what, actions, call) => {
  for (const missing of actions) {
    await allow([...actions.filter((action) => action !== missing), "GetBucketLocation"]);
    expect(await refusal(call())).toBe(missing);
  }
  await allow(actions);
  const answer = await refusal(call());
  // What would be public is refused for what it is, once it may be asked for.
  expect(answer === undefined || answer.startsWith("InvalidBucketAcl")).toBe(true);
});

test("governance is passed over with the right to do so alone, in a batch too", async () => {
  const held = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until } as const;
  const kept = async (Key: string) =>
    (await root.send(new sdk.PutObjectCommand({ Bucket, Key, Body: "-", ...held }))).VersionId;
  const one = { Bucket, Key: "one", VersionId: await kept("one"), BypassGovernanceRetention: true };
  const Objects = [{ Key: "two", VersionId: await kept("two") }];
  const batch = { Bucket, Delete: { Objects }, BypassGovernanceRetention: true };
  await allow(["DeleteObjectVersion"]);
  expect(await refusal(ann.send(new sdk.DeleteObjectCommand(one)))).toBe("BypassGovernanceRetention");
  const { Deleted, Errors } = await ann.send(new sdk.DeleteObjectsCommand(batch));
  expect([Deleted, Errors?.map(({ Key, Code }) => [Key, Code])]).toEqual([undefined, [["two", "AccessDenied"]]]);
  await allow(["DeleteObjectVersion", "BypassGovernanceRetention"]);
  await ann.send(new sdk.DeleteObjectCommand(one));
  expect((await ann.send(new sdk.DeleteObjectsCommand(batch))).Deleted).toEqual(Objects);
});
