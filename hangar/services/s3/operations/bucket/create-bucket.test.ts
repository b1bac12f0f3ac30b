// Creating, finding, listing and deleting buckets through the SDK.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
let ireland: S3Client;
let other: S3Client;
const Bucket = "configured-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  ireland = new S3Client({ ...cloud.clientConfig(), region: "eu-west-1" });
  other = new S3Client({ ...cloud.clientConfig(), credentials: { accessKeyId: "111122223333", secretAccessKey: "x" } });
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("a bucket", () => {
  test("has a name that nobody else has, in any account or region", async () => {
    const name = "taken-name";
    await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
    await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
    expect((await failure(other.send(new sdk.CreateBucketCommand({ Bucket: name })))).slice(0, 2)).toEqual([
      "BucketAlreadyExists",
      409,
    ]);
    const constrained = { Bucket: name, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } } as const;
    expect((await failure(ireland.send(new sdk.CreateBucketCommand(constrained)))).slice(0, 2)).toEqual([
      "BucketAlreadyOwnedByYou",
      409,
    ]);
  });

  test.each([
    "ab",
    "UPPER-case",
    "under_score",
    "-start",
    "end-",
    "two..dots",
    "dot.-dash",
    "dash-.dot",
    "192.168.0.1",
    "xn--name",
    "a".repeat(64),
  ])("may not be called %s", async (name) => {
    expect(await failure(s3.send(new sdk.CreateBucketCommand({ Bucket: name })))).toEqual([
      "InvalidBucketName",
      400,
      "The specified bucket is not valid.",
    ]);
  });

  test("of the account's own namespace says whose it is, and where", async () => {
    const create = (client: S3Client, name: string, namespace = "account-regional") =>
      client.send(new sdk.CreateBucketCommand({ Bucket: name, BucketNamespace: namespace as "account-regional" }));
    const name = "own-000000000000-us-east-1-an";
    expect((await failure(create(s3, "own-name")))[0]).toBe("InvalidBucketName");
    expect((await failure(create(other, name)))[0]).toBe("InvalidBucketName");
    expect((await failure(create(other, name, "global")))[0]).toBe("InvalidBucketName");
    expect((await failure(create(s3, name, "mine")))[0]).toBe("InvalidArgument");
    await create(s3, name);
    await s3.send(new sdk.DeleteBucketCommand({ Bucket: name }));
  });

  test("lives in a region, and is found there", async () => {
    const name = "irish-bucket";
    const elsewhere = { Bucket: name, CreateBucketConfiguration: { LocationConstraint: "eu-west-2" } } as const;
    expect((await failure(ireland.send(new sdk.CreateBucketCommand(elsewhere))))[0]).toBe(
      "IllegalLocationConstraintException",
    );
    await ireland.send(
      new sdk.CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    );
    expect((await s3.send(new sdk.GetBucketLocationCommand({ Bucket: name }))).LocationConstraint).toBe("eu-west-1");
    expect((await s3.send(new sdk.GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
    expect(await ireland.send(new sdk.HeadBucketCommand({ Bucket: name }))).toMatchObject({
      BucketRegion: "eu-west-1",
    });
    expect((await failure(s3.send(new sdk.ListObjectsV2Command({ Bucket: name })))).slice(0, 2)).toEqual([
      "PermanentRedirect",
      301,
    ]);
  });

  test("is listed with its owner's others", async () => {
    const { Buckets, Owner } = await s3.send(new sdk.ListBucketsCommand({ MaxBuckets: 100 }));
    // The CDK's toolkit has a bucket in every account.
    const own = Buckets?.filter((each) => each.Name?.startsWith("cdk-") !== true);
    expect(own?.map((each) => [each.Name, each.BucketRegion])).toEqual([
      ["configured-here", "us-east-1"],
      ["irish-bucket", "eu-west-1"],
      ["taken-name", "us-east-1"],
    ]);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    // Who asks for all in one is told no regions.
    const all = await s3.send(new sdk.ListBucketsCommand({}));
    expect(all.Buckets?.map((each) => each.BucketRegion)).toEqual(Buckets?.map(() => undefined));
    const page = await s3.send(new sdk.ListBucketsCommand({ MaxBuckets: 1 }));
    const next = await s3.send(new sdk.ListBucketsCommand({ ContinuationToken: page.ContinuationToken, Prefix: "t" }));
    expect([page.Buckets?.length, next.Buckets?.map((each) => each.Name)]).toEqual([1, ["taken-name"]]);
    expect((await other.send(new sdk.ListBucketsCommand({ Prefix: "t" }))).Buckets ?? []).toEqual([]);
  });

  test("is deleted once it is empty", async () => {
    const name = "to-be-deleted";
    await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
    await s3.send(new sdk.PutObjectCommand({ Bucket: name, Key: "k", Body: "x" }));
    expect((await failure(s3.send(new sdk.DeleteBucketCommand({ Bucket: name })))).slice(0, 2)).toEqual([
      "BucketNotEmpty",
      409,
    ]);
    await s3.send(new sdk.DeleteObjectCommand({ Bucket: name, Key: "k" }));
    await s3.send(new sdk.DeleteBucketCommand({ Bucket: name }));
    expect((await failure(s3.send(new sdk.HeadBucketCommand({ Bucket: name }))))[1]).toBe(404);
  });

  test("belongs to whom the caller expects, or nothing is done", async () => {
    const ask = (ExpectedBucketOwner: string) =>
      s3.send(new sdk.GetBucketVersioningCommand({ Bucket, ExpectedBucketOwner }));
    await ask("000000000000");
    expect((await failure(ask("111122223333"))).slice(0, 2)).toEqual(["AccessDenied", 403]);
    expect((await failure(ask("abcd")))[0]).toBe("InvalidBucketOwnerAWSAccountID");
  });
});
