// Access points through S3 Control's own client, against what AWS's answers recorded from it say.

import { CreateBucketCommand, DeleteBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateAccessPointCommand,
  CreateMultiRegionAccessPointCommand,
  DeleteAccessPointCommand,
  DeleteAccessPointPolicyCommand,
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyStatusCommand,
  ListAccessPointsCommand,
  PutAccessPointPolicyCommand,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let control: S3ControlClient;
const AccountId = "000000000000";
const Bucket = "behind-points";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "s3control" });
  s3 = new S3Client(cloud.clientConfig());
  control = new S3ControlClient({ ...cloud.clientConfig(), endpoint: "http://localhost:4566", maxAttempts: 1 });
  for (const name of [Bucket, "second-bucket"]) await s3.send(new CreateBucketCommand({ Bucket: name }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Refusal = { readonly name: string; readonly message: string; readonly $metadata: { httpStatusCode?: number } };

async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = (await call.then(
    () => ({ name: "allowed", message: "", $metadata: {} }),
    (thrown: unknown) => thrown,
  )) as Refusal;
  const { name, message, $metadata, ...members } = error;
  const known = Object.fromEntries(
    ["AccessPointName", "URI"].flatMap((each) =>
      each in members ? [[each, (members as Record<string, unknown>)[each]]] : [],
    ),
  );
  return { status: $metadata.httpStatusCode, code: name, message, ...known };
}

const create = (Name: string, more: object = {}) =>
  control.send(new CreateAccessPointCommand({ AccountId, Name, Bucket, ...more }));

const allOn = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const allOff = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

describe("an access point", () => {
  test("has AWS's ARN, alias and endpoints, and blocks all public access unless told otherwise", async () => {
    const { AccessPointArn, Alias, $metadata } = await create("first");
    expect($metadata.httpStatusCode).toBe(200);
    expect(AccessPointArn).toBe(`arn:aws:s3:us-east-1:${AccountId}:accesspoint/first`);
    expect(Alias).toMatch(/^first-[a-z0-9]{34}-s3alias$/);
    const { $metadata: _, ...found } = await control.send(new GetAccessPointCommand({ AccountId, Name: "first" }));
    expect(found).toEqual({
      Name: "first",
      AccessPointArn,
      Alias,
      Bucket,
      BucketAccountId: AccountId,
      CreationDate: expect.any(Date) as Date,
      Endpoints: {
        ipv4: "s3-accesspoint.us-east-1.localhost:4566",
        dualstack: "s3-accesspoint.dualstack.us-east-1.localhost:4566",
        fips: "s3-accesspoint-fips.us-east-1.localhost:4566",
        fips_dualstack: "s3-accesspoint-fips.dualstack.us-east-1.localhost:4566",
      },
      NetworkOrigin: "Internet",
      PublicAccessBlockConfiguration: allOn,
    });
  });

  test("blocks what its settings say; what they leave out is off", async () => {
    await create("none-set", { PublicAccessBlockConfiguration: {} });
    await create("one-set", { PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    const settings = async (Name: string) =>
      (await control.send(new GetAccessPointCommand({ AccountId, Name }))).PublicAccessBlockConfiguration;
    expect(await settings("none-set")).toEqual(allOff);
    expect(await settings("one-set")).toEqual({ ...allOff, BlockPublicAcls: true });
  });

  test("a long name is cut in its alias, which is a bucket's name in form", async () => {
    const { Alias = "" } = await create("a".repeat(50));
    expect(Alias).toMatch(/^a{20}-[a-z0-9]{34}-s3alias$/);
    expect(Alias).toHaveLength(63);
  });

  test("of a VPC says so", async () => {
    await create("inside", { VpcConfiguration: { VpcId: "vpc-1a" } });
    expect(await control.send(new GetAccessPointCommand({ AccountId, Name: "inside" }))).toMatchObject({
      NetworkOrigin: "VPC",
      VpcConfiguration: { VpcId: "vpc-1a" },
    });
  });

  test.each([
    ["a taken name", "first", {}, [409, "AccessPointAlreadyOwnedByYou"]],
    ["a bucket that is not there", "lost", { Bucket: "not-there-at-all" }, [400, "InvalidRequest"]],
    ["a bucket of another account", "lost", { BucketAccountId: "111122223333" }, [403, "AccessDenied"]],
    ["another account", "lost", { AccountId: "111122223333" }, [403, "AccessDenied"]],
    ["a name with an underscore", "xn-_test-alias", {}, [400, "InvalidURI"]],
    ["a name of two letters", "sa", {}, [400, "InvalidURI"]],
    ["a name in capitals", "Points", {}, [400, "InvalidURI"]],
    ["an alias for a name", "mine-s3alias", {}, [400, "InvalidURI"]],
    ["a scope", "scoped", { Scope: { Prefixes: ["a"] } }, [501, "NotEmulated"]],
  ] as const)("%s is refused", async (_what, Name, more, [status, code]) => {
    expect(await refusal(create(Name, more))).toMatchObject({ status, code });
  });

  test("refusals have AWS's words and members", async () => {
    expect(await refusal(create("sa"))).toEqual({
      status: 400,
      code: "InvalidURI",
      message: "Couldn't parse the specified URI.",
      URI: "accesspoint/sa",
    });
    expect(await refusal(create("first"))).toEqual({
      status: 409,
      code: "AccessPointAlreadyOwnedByYou",
      message: "Your previous request to create the named accesspoint succeeded and you already own it.",
    });
    expect(await refusal(create("lost", { Bucket: "not-there-at-all" }))).toEqual({
      status: 400,
      code: "InvalidRequest",
      message: "Amazon S3 AccessPoint can only be created for existing bucket",
    });
  });

  test("is gone once deleted, and cannot be deleted again", async () => {
    await create("short-lived");
    const remove = () => control.send(new DeleteAccessPointCommand({ AccountId, Name: "short-lived" }));
    expect((await remove()).$metadata.httpStatusCode).toBe(204);
    const gone = {
      status: 404,
      code: "NoSuchAccessPoint",
      message: "The specified accesspoint does not exist",
      AccessPointName: "short-lived",
    };
    expect(await refusal(control.send(new GetAccessPointCommand({ AccountId, Name: "short-lived" })))).toEqual(gone);
    expect(await refusal(remove())).toEqual(gone);
  });

  test("keeps its bucket from being deleted", async () => {
    await s3.send(new CreateBucketCommand({ Bucket: "held-bucket" }));
    await create("holder", { Bucket: "held-bucket" });
    const remove = () => s3.send(new DeleteBucketCommand({ Bucket: "held-bucket" }));
    expect(await refusal(remove())).toMatchObject({ status: 400, code: "BucketHasAccessPointsAttached" });
    await control.send(new DeleteAccessPointCommand({ AccountId, Name: "holder" }));
    expect((await remove()).$metadata.httpStatusCode).toBe(204);
  });
});

test("access points are listed in order of name, page by page, and by bucket", async () => {
  const other = new S3ControlClient({
    ...cloud.clientConfig(),
    endpoint: "http://localhost:4566",
    region: "eu-west-1",
  });
  const there = new S3Client({ ...cloud.clientConfig(), region: "eu-west-1" });
  for (const name of ["eu-one", "eu-two"])
    await there.send(
      new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    );
  for (const [Name, bucket] of [
    ["ccc", "eu-two"],
    ["aaa", "eu-one"],
    ["bbb", "eu-one"],
  ] as const)
    await other.send(new CreateAccessPointCommand({ AccountId, Name, Bucket: bucket }));
  const page = async (input: object) => {
    const { AccessPointList = [], NextToken } = await other.send(new ListAccessPointsCommand({ AccountId, ...input }));
    return { names: AccessPointList.map(({ Name }) => Name), NextToken };
  };
  expect(await page({})).toEqual({ names: ["aaa", "bbb", "ccc"], NextToken: undefined });
  const first = await page({ MaxResults: 2 });
  expect(first.names).toEqual(["aaa", "bbb"]);
  expect(await page({ MaxResults: 2, NextToken: first.NextToken })).toEqual({ names: ["ccc"], NextToken: undefined });
  expect(await page({ Bucket: "eu-one" })).toEqual({ names: ["aaa", "bbb"], NextToken: undefined });
  const ofBucket = await page({ Bucket: "eu-one", MaxResults: 1 });
  expect((await page({ Bucket: "eu-one", NextToken: ofBucket.NextToken })).names).toEqual(["bbb"]);
  const { AccessPointList } = await other.send(new ListAccessPointsCommand({ AccountId, MaxResults: 1 }));
  expect(AccessPointList).toEqual([
    {
      Name: "aaa",
      NetworkOrigin: "Internet",
      Bucket: "eu-one",
      BucketAccountId: AccountId,
      AccessPointArn: `arn:aws:s3:eu-west-1:${AccountId}:accesspoint/aaa`,
      Alias: expect.stringMatching(/^aaa-[a-z0-9]{34}-s3alias$/) as string,
    },
  ]);
  expect(await refusal(page({ NextToken: "*" }))).toMatchObject({ status: 400, code: "InvalidRequest" });
});

describe("the policy of an access point", () => {
  const Name = "with-policy";
  const arn = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/${Name}`;
  const policy = (Principal: unknown, Resource: string, Action = "s3:GetObject"): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Resource }] });
  const put = (Policy: string, name = Name) =>
    control.send(new PutAccessPointPolicyCommand({ AccountId, Name: name, Policy }));
  const own = policy({ AWS: AccountId }, `${arn}/object/*`);

  test("is there once it is put, is public or not, and goes", async () => {
    await create(Name);
    const get = () => control.send(new GetAccessPointPolicyCommand({ AccountId, Name }));
    const status = () => control.send(new GetAccessPointPolicyStatusCommand({ AccountId, Name }));
    const none = {
      status: 404,
      code: "NoSuchAccessPointPolicy",
      message: "The specified accesspoint policy does not exist",
      AccessPointName: Name,
    };
    expect(await refusal(get())).toEqual(none);
    expect(await refusal(status())).toEqual(none);
    await put(own);
    expect((await get()).Policy).toBe(own);
    expect((await status()).PolicyStatus).toEqual({ IsPublic: false });
    await control.send(new DeleteAccessPointPolicyCommand({ AccountId, Name }));
    expect(await refusal(get())).toEqual(none);
  });

  test("names the access point itself, and may not be public where that is blocked", async () => {
    expect(await refusal(put(policy({ AWS: AccountId }, `arn:aws:s3:::${Bucket}/*`)))).toEqual({
      status: 400,
      code: "MalformedPolicy",
      message: "Policy has invalid resource",
    });
    expect(await refusal(put(policy({ AWS: AccountId }, arn)))).toMatchObject({
      code: "MalformedPolicy",
      message: "Action does not apply to any resource(s) in statement",
    });
    expect(await refusal(put("no"))).toMatchObject({ status: 400, code: "MalformedPolicy" });
    expect(await refusal(put(policy("*", `${arn}/object/*`)))).toMatchObject({ status: 403, code: "AccessDenied" });
    expect(await refusal(put(own, "not-there"))).toMatchObject({ status: 404, code: "NoSuchAccessPoint" });
  });
});

test("access points of several regions are not emulated, and say so", async () => {
  const call = control.send(
    new CreateMultiRegionAccessPointCommand({
      AccountId,
      ClientToken: "t",
      Details: { Name: "everywhere", Regions: [{ Bucket }] },
    }),
  );
  expect(await refusal(call)).toMatchObject({ code: "NotEmulated" });
});
