// PutBucketPolicy through the SDK: what S3 refuses to keep.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "configured-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("a policy", () => {
  test("is refused when it is malformed or public while that is blocked", async () => {
    const name = "policed-bucket";
    await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
    const put = (policy: unknown) =>
      s3.send(
        new sdk.PutBucketPolicyCommand({
          Bucket: name,
          Policy: typeof policy === "string" ? policy : JSON.stringify(policy),
        }),
      );
    expect(await failure(put("no json"))).toEqual([
      "MalformedPolicy",
      400,
      "Policies must be valid JSON and the first byte must be '{'",
    ]);
    expect(await failure(put({ Version: "2012-10-17" }))).toEqual([
      "MalformedPolicy",
      400,
      "Missing required field Statement",
    ]);
    const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*` };
    expect(
      await failure(put({ Version: "2012-10-17", Statement: { ...statement, Resource: "arn:aws:s3:::elsewhere/*" } })),
    ).toEqual(["MalformedPolicy", 400, "Policy has invalid resource"]);
    expect((await failure(put({ Version: "2012-10-17", Statement: statement }))).slice(0, 2)).toEqual([
      "AccessDenied",
      403,
    ]);
    const nobody = { ...statement, Principal: { AWS: "arn:aws:iam::22:root" } };
    expect((await failure(put({ Version: "2012-10-17", Statement: nobody }))).at(-1)).toBe(
      "Invalid principal in policy",
    );
    const gone = { ...statement, Principal: { AWS: ["111122223333", "arn:aws:iam::000000000000:role/gone"] } };
    expect(await failure(put({ Version: "2012-10-17", Statement: gone }))).toEqual([
      "MalformedPolicy",
      400,
      "Invalid principal in policy",
    ]);
    const elsewhere = { ...statement, Principal: { AWS: "arn:aws:iam::111122223333:role/theirs" } };
    await put({ Version: "2012-10-17", Statement: elsewhere });
    const narrow = { ...statement, Principal: { AWS: "arn:aws:iam::111122223333:root" } };
    await put({ Version: "2012-10-17", Statement: narrow });
    expect((await s3.send(new sdk.GetBucketPolicyStatusCommand({ Bucket: name }))).PolicyStatus?.IsPublic).toBe(false);
    expect(JSON.parse((await s3.send(new sdk.GetBucketPolicyCommand({ Bucket: name }))).Policy ?? "")).toEqual({
      Version: "2012-10-17",
      Statement: narrow,
    });
    await s3.send(new sdk.DeleteBucketPolicyCommand({ Bucket: name }));
    expect((await failure(s3.send(new sdk.GetBucketPolicyCommand({ Bucket: name })))).slice(0, 2)).toEqual([
      "NoSuchBucketPolicy",
      404,
    ]);
  });
});

describe("a policy is refused", () => {
  const name = "worded-bucket";
  const bucket = `arn:aws:s3:::${name}`;
  const allow = {
    Effect: "Allow",
    Principal: { AWS: "111122223333" },
    Action: "s3:GetObject",
    Resource: `${bucket}/*`,
  };
  const put = (...Statement: object[]) =>
    s3.send(new sdk.PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify({ Statement }) }));

  beforeAll(() => s3.send(new sdk.CreateBucketCommand({ Bucket: name })));

  const unfit = "Action does not apply to any resource(s) in statement";
  const unmeant = "Conditions do not apply to combination of actions and resources in statement";
  const both = [bucket, `${bucket}/*`];
  test.each<[string, string, object]>([
    ["an action on objects of the bucket alone", unfit, { Resource: bucket }],
    ["an action on the bucket among objects", unfit, { Action: ["s3:GetObject", "s3:ListBucket"] }],
    ["an action of accounts", unfit, { Action: "s3:ListAllMyBuckets", Resource: both }],
    ["an action that S3 has not", "Policy has invalid action", { Action: "s3:GetObjects" }],
    ["an action of another service", "Policy has invalid action", { Action: "ec2:RunInstances" }],
    ["no action", "Missing required field Action cannot be empty!", { Action: [] }],
    [
      "an operator that is none",
      "Invalid Condition type : StringIs",
      { Condition: { StringIs: { "aws:userid": "a" } } },
    ],
    [
      "a key that S3 has not",
      "Policy has an invalid condition key",
      { Condition: { StringEquals: { "s3:x-acl": "private" } } },
    ],
    ["a key of other actions", unmeant, { Condition: { StringEquals: { "s3:prefix": "a/" } } }],
    [
      "a key of one of its actions only",
      unmeant,
      { Action: ["s3:GetObject", "s3:PutObject"], Condition: { StringEquals: { "s3:ExistingObjectTag/a": "b" } } },
    ],
    [
      "an address that is none",
      "Invalid IP address in Conditions",
      { Condition: { IpAddress: { "aws:SourceIp": "1.2" } } },
    ],
    ["a field that is none", "Unknown field Principle", { Principle: "*" }],
  ])("for %s", async (_what, message, more) => {
    expect(await failure(put({ ...allow, ...more }))).toEqual(["MalformedPolicy", 400, message]);
  });

  test("when it says nothing, too much or no JSON", async () => {
    expect(await failure(put())).toEqual(["MalformedPolicy", 400, "Could not parse the policy: Statement is empty!"]);
    expect((await failure(put({ ...allow, Sid: "x".repeat(20_480) })))[2]).toBe(
      "Normalized policy document exceeds the maximum allowed size of 20480 bytes",
    );
    const broken = new sdk.PutBucketPolicyCommand({ Bucket: name, Policy: "{ not json" });
    expect((await failure(s3.send(broken)))[2]).toBe("This policy contains invalid Json");
  });

  test("not for wildcards, families of keys or global keys that fit", async () => {
    await put(
      {
        ...allow,
        Action: ["s3:Get*", "s3:List*"],
        Resource: both,
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
      { ...allow, Action: "s3:*", Resource: `${bucket}*`, Condition: { StringLike: { "s3:prefix": "a/*" } } },
      {
        ...allow,
        Condition: { StringEqualsIfExists: { "s3:ExistingObjectTag/Team": "a" }, Null: { "s3:authType": "true" } },
      },
      { ...allow, NotAction: "s3:DeleteObject", Action: undefined },
      {
        ...allow,
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: both,
        Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } },
      },
    );
  });
});

describe("a policy for everybody", () => {
  const name = "public-or-not";
  const isPublic = async (Condition: object): Promise<boolean | undefined> => {
    const Statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${name}/*`,
      Condition,
    };
    await s3.send(new sdk.PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify({ Statement }) }));
    return (await s3.send(new sdk.GetBucketPolicyStatusCommand({ Bucket: name }))).PolicyStatus?.IsPublic;
  };

  beforeAll(async () => {
    await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket: name }));
  });

  test.each<[boolean, object]>([
    [false, { StringEquals: { "aws:SourceVpc": "vpc-91237329" } }],
    [true, { StringNotEquals: { "aws:SourceVpc": "vpc-91237329" } }],
    [true, { StringLike: { "aws:SourceVpc": "vpc-*" } }],
    [true, { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }],
    [false, { IpAddress: { "aws:SourceIp": "11.0.0.0/8" } }],
    [true, { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } }],
    [true, { StringEquals: { "s3:ExistingObjectTag/public": "yes" } }],
  ])("is public (%s) where %j", async (expected, condition) => {
    expect(await isPublic(condition)).toBe(expected);
  });
});

test("an Allow names whom it is for: NotPrincipal goes with Deny", async () => {
  const name = "named-here";
  await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
  const put = (Effect: string) => {
    const NotPrincipal = { AWS: "arn:aws:iam::111122223333:root" };
    const Statement = { Effect, NotPrincipal, Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*` };
    return s3.send(
      new sdk.PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
    );
  };
  expect(await failure(put("Allow"))).toEqual(["MalformedPolicy", 400, "Allow with NotPrincipal is not allowed."]);
  await put("Deny");
});

test("the owner's root user reads, writes and deletes a policy that denies him that", async () => {
  const name = "locked-out";
  await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
  const Statement = {
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicyStatus"],
    Resource: `arn:aws:s3:::${name}`,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  const own = { Bucket: name };
  await s3.send(new sdk.PutBucketPolicyCommand({ ...own, Policy }));
  expect((await failure(s3.send(new sdk.GetBucketPolicyStatusCommand(own)))).slice(0, 2)).toEqual([
    "AccessDenied",
    403,
  ]);
  expect((await s3.send(new sdk.GetBucketPolicyCommand(own))).Policy).toBe(Policy);
  await s3.send(new sdk.PutBucketPolicyCommand({ ...own, Policy }));
  const credentials = { accessKeyId: "111122223333", secretAccessKey: "x" };
  const stranger = new S3Client({ ...cloud.clientConfig(), credentials });
  expect((await failure(stranger.send(new sdk.DeleteBucketPolicyCommand(own)))).slice(0, 2)).toEqual([
    "AccessDenied",
    403,
  ]);
  await s3.send(new sdk.DeleteBucketPolicyCommand(own));
});
