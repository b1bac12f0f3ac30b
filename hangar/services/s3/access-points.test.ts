// Requests through access points: how they are addressed, what they may do, and both policies asked.

import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateAccessPointCommand,
  DeleteAccessPointCommand,
  DeleteAccessPointPolicyCommand,
  PutAccessPointPolicyCommand,
  PutPublicAccessBlockCommand,
  DeletePublicAccessBlockCommand as DeleteOfAccount,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let user: S3Client;
let stranger: S3Client;
let control: S3ControlClient;
let alias: string;
const AccountId = "000000000000";
const Stranger = "111122223333";
const Bucket = "behind-a-point";
const Point = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/way-in`;
const OPEN = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

beforeAll(async () => {
  cloud = await startCloud();
  const endpoint = cloud.endpoint.replace("127.0.0.1", "localhost");
  const config = { ...cloud.clientConfig(), endpoint, forcePathStyle: false, maxAttempts: 1 };
  s3 = new S3Client(config);
  control = new S3ControlClient(config);
  stranger = new S3Client({ ...config, credentials: { accessKeyId: Stranger, secretAccessKey: "x" } });
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  user = new S3Client({ ...config, credentials });
  const plain = new S3Client({ ...config, forcePathStyle: true });
  await plain.send(new CreateBucketCommand({ Bucket }));
  await plain.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const { Alias } = await control.send(
    new CreateAccessPointCommand({ AccountId, Name: "way-in", Bucket, PublicAccessBlockConfiguration: OPEN }),
  );
  alias = Alias ?? "";
  await s3.send(new PutObjectCommand({ Bucket: Point, Key: "a/b", Body: "ab" }));
});

beforeEach(async () => {
  await setPolicies({});
  await allowAnn();
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function failure(call: Promise<unknown>): Promise<string> {
  const error = (await call.then(
    () => new Error("it was allowed"),
    (thrown: unknown) => thrown,
  )) as Error;
  return `${error.name}: ${error.message}`;
}

const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Principal: unknown, Resource: string | string[], more: object = {}): object => ({
  Effect: "Allow",
  Principal,
  Action: "s3:GetObject",
  Resource,
  ...more,
});

async function setPolicies({ bucket, point }: { bucket?: string; point?: string }): Promise<void> {
  const plain = new S3Client({ ...cloud.clientConfig() });
  await (bucket === undefined
    ? plain.send(new DeleteBucketPolicyCommand({ Bucket }))
    : plain.send(new PutBucketPolicyCommand({ Bucket, Policy: bucket })));
  await (point === undefined
    ? control.send(new DeleteAccessPointPolicyCommand({ AccountId, Name: "way-in" }))
    : control.send(new PutAccessPointPolicyCommand({ AccountId, Name: "way-in", Policy: point })));
}

async function allowAnn(...Resource: string[]): Promise<void> {
  const statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource };
  const none = { Effect: "Deny", Action: "sqs:*", Resource: "*" };
  const PolicyDocument = policy(Resource.length === 0 ? none : statement);
  await new IAMClient(cloud.clientConfig()).send(
    new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument }),
  );
}

const get = (client: S3Client, name: string, Key = "a/b") => client.send(new GetObjectCommand({ Bucket: name, Key }));
const read = async (client: S3Client, name: string) => (await get(client, name)).Body?.transformToString();

/** A request with a host of AWS's, which only a socket can send. */
function anonymous(host: string, path: string): Promise<string> {
  const { port } = new URL(cloud.endpoint);
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, headers: { host } }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
      answer.on("end", () => resolve(`${answer.statusCode} ${text}`));
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("an access point stands where a bucket's name would", () => {
  test("by its ARN, which SDKs put into the host", async () => {
    expect(await read(s3, Point)).toBe("ab");
  });

  test("by its alias, in the host and in the path", async () => {
    expect(await read(s3, alias)).toBe("ab");
    expect(await read(new S3Client(cloud.clientConfig()), alias)).toBe("ab");
  });

  test.each([
    "way-in-000000000000.s3-accesspoint.us-east-1.amazonaws.com",
    "way-in-000000000000.s3-accesspoint.dualstack.us-east-1.amazonaws.com",
    "way-in-000000000000.s3-accesspoint-fips.us-east-1.amazonaws.com",
    "way-in-000000000000.s3-accesspoint.us-east-1.localhost",
    "way-in-000000000000.s3.localhost",
    "way-in-000000000000.localhost",
  ])("by its host %s", async (host) => {
    await setPolicies({
      bucket: policy(allow("*", `arn:aws:s3:::${Bucket}/*`)),
      point: policy(allow("*", `${Point}/object/*`)),
    });
    // Plain HTTP to a name of AWS's is what it is; nothing here asks for TLS.
    expect(await anonymous(host, "/a/b")).toBe("200 ab");
  });

  test("in presigned URLs", async () => {
    const url = new URL(await getSignedUrl(s3, new GetObjectCommand({ Bucket: Point, Key: "a/b" })));
    expect(url.hostname).toBe("way-in-000000000000.localhost");
    expect(await anonymous(url.host, url.pathname + url.search)).toBe("200 ab");
  });

  test("as a copy's source and target", async () => {
    const CopySource = `${Point}/object/${encodeURIComponent("a/b")}`;
    await s3.send(new CopyObjectCommand({ Bucket: Point, Key: "copy", CopySource }));
    await s3.send(new CopyObjectCommand({ Bucket: alias, Key: "copy-2", CopySource: `${alias}/copy` }));
    const { Contents, Name } = await s3.send(new ListObjectsV2Command({ Bucket: Point, Prefix: "copy" }));
    expect([Name, Contents?.map(({ Key, Size }) => [Key, Size])]).toEqual([
      Bucket,
      [
        ["copy", 2],
        ["copy-2", 2],
      ],
    ]);
  });

  test("and answers name the bucket behind it", async () => {
    const upload = await s3.send(new CreateMultipartUploadCommand({ Bucket: Point, Key: "big" }));
    expect(upload.Bucket).toBe(Bucket);
    const at = { Bucket: alias, Key: "big", UploadId: upload.UploadId };
    expect((await s3.send(new ListPartsCommand(at))).Bucket).toBe(Bucket);
    await s3.send(new AbortMultipartUploadCommand(at));
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: alias }))).LocationConstraint).toBeUndefined();
    const heads = await Promise.all([Point, alias].map((name) => s3.send(new HeadBucketCommand({ Bucket: name }))));
    expect(heads.map(({ AccessPointAlias }) => AccessPointAlias)).toEqual([false, true]);
  });

  test("but not for what is done to buckets", async () => {
    const VersioningConfiguration = { Status: "Enabled" as const };
    for (const name of [Point, alias])
      expect(await failure(s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration })))).toBe(
        "MethodNotAllowed: The specified method is not allowed against this resource.",
      );
  });

  test("unless it is not there", async () => {
    expect(await anonymous("no-way-000000000000.s3-accesspoint.us-east-1.amazonaws.com", "/a/b")).toContain(
      '404 <?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchAccessPoint</Code><Message>The specified accesspoint does not exist</Message><AccessPointName>no-way</AccessPointName>',
    );
    expect(await failure(get(s3, `no-way-${"a".repeat(34)}-s3alias`))).toBe(
      "NoSuchBucket: The specified bucket does not exist",
    );
    const { Alias = "" } = await control.send(new CreateAccessPointCommand({ AccountId, Name: "fleeting", Bucket }));
    expect(await read(s3, Alias)).toBe("ab");
    await control.send(new DeleteAccessPointCommand({ AccountId, Name: "fleeting" }));
    expect(await failure(get(s3, Alias))).toContain("NoSuchBucket");
  });
});

describe("what comes through an access point needs its permission and the bucket's", () => {
  const objects = `${Point}/object/*`;

  test("of a user's own policies", async () => {
    await allowAnn(`arn:aws:s3:::${Bucket}/*`);
    expect(await failure(get(user, Point))).toBe(
      `AccessDenied: User: arn:aws:iam::${AccountId}:user/ann is not authorized to perform: s3:GetObject on resource: "${Point}/object/a/b" because no identity-based policy allows the s3:GetObject action`,
    );
    await allowAnn(objects);
    expect(await failure(get(user, Point))).toContain(`on resource: "arn:aws:s3:::${Bucket}/a/b"`);
    await allowAnn(objects, `arn:aws:s3:::${Bucket}/*`);
    expect(await read(user, Point)).toBe("ab");
  });

  test("and a bucket may leave the decision to access points of its account", async () => {
    const Condition = { StringEquals: { "s3:DataAccessPointAccount": AccountId } };
    const delegated = policy(allow("*", `arn:aws:s3:::${Bucket}/*`, { Condition }));
    await setPolicies({
      bucket: delegated,
      point: policy(allow({ AWS: `arn:aws:iam::${AccountId}:user/ann` }, objects)),
    });
    expect(await read(user, Point)).toBe("ab");
    expect(await read(user, alias)).toBe("ab");
    const plain = { ...cloud.clientConfig(), credentials: user.config.credentials };
    expect(await failure(get(new S3Client(plain), Bucket))).toContain("AccessDenied");
  });

  test("or to one, by its ARN, or to those that the internet reaches", async () => {
    await allowAnn(objects);
    const through = (key: string, value: string) =>
      policy(allow("*", `arn:aws:s3:::${Bucket}/*`, { Condition: { StringEquals: { [key]: value } } }));
    for (const [key, value, other] of [
      ["s3:DataAccessPointArn", Point, `${Point}-too`],
      ["s3:AccessPointNetworkOrigin", "Internet", "VPC"],
    ] as const) {
      await setPolicies({ bucket: through(key, value) });
      expect(await read(user, Point)).toBe("ab");
      await setPolicies({ bucket: through(key, other) });
      expect(await failure(get(user, Point))).toContain("AccessDenied");
    }
  });

  test("a denial of either is one, for the account's root user too", async () => {
    const deny = (Resource: string) => policy({ ...allow("*", Resource), Effect: "Deny" });
    await setPolicies({ point: deny(objects) });
    expect(await failure(get(s3, Point))).toContain("explicit deny in a resource-based policy");
    await setPolicies({ bucket: deny(`arn:aws:s3:::${Bucket}/*`) });
    expect(await failure(get(s3, Point))).toContain("explicit deny in a resource-based policy");
  });

  test("another account needs both policies", async () => {
    const principal = { AWS: Stranger };
    await setPolicies({ point: policy(allow(principal, objects)) });
    expect(await failure(get(stranger, Point))).toContain("AccessDenied");
    await setPolicies({
      point: policy(allow(principal, objects)),
      bucket: policy(allow(principal, `arn:aws:s3:::${Bucket}/*`)),
    });
    expect(await read(stranger, Point)).toBe("ab");
  });

  test("another account's access point reads what the bucket leaves to that account", async () => {
    const credentials = { accessKeyId: Stranger, secretAccessKey: "x" };
    const endpoint = cloud.endpoint.replace("127.0.0.1", "localhost");
    const theirs = new S3ControlClient({ ...cloud.clientConfig(), endpoint, credentials });
    await theirs.send(
      new CreateAccessPointCommand({ AccountId: Stranger, Name: "theirs", Bucket, BucketAccountId: AccountId }),
    );
    const arn = `arn:aws:s3:us-east-1:${Stranger}:accesspoint/theirs`;
    expect(await failure(get(stranger, arn))).toContain("AccessDenied");
    const Condition = { StringEquals: { "s3:DataAccessPointAccount": Stranger } };
    await setPolicies({ bucket: policy(allow("*", `arn:aws:s3:::${Bucket}/*`, { Condition })) });
    expect(await read(stranger, arn)).toBe("ab");
  });
});

test("public access is blocked by the access point's settings, and by the account's", async () => {
  await setPolicies({
    bucket: policy(allow("*", `arn:aws:s3:::${Bucket}/*`)),
    point: policy(allow("*", `${Point}/object/*`)),
  });
  const host = "way-in-000000000000.localhost";
  expect(await anonymous(host, "/a/b")).toBe("200 ab");
  const closed = new CreateAccessPointCommand({ AccountId, Name: "closed", Bucket });
  await control.send(closed);
  expect(await anonymous("closed-000000000000.localhost", "/a/b")).toContain("403 ");
  const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
  await control.send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }));
  expect(await anonymous(host, "/a/b")).toContain("403 ");
  await control.send(new DeleteOfAccount({ AccountId }));
  expect(await anonymous(host, "/a/b")).toBe("200 ab");
});

test("the bucket's access log names the access point", async () => {
  const Target = "logs-of-points";
  const plain = new S3Client(cloud.clientConfig());
  await plain.send(new CreateBucketCommand({ Bucket: Target }));
  const logging = { Service: "logging.s3.amazonaws.com" };
  const Policy = policy(allow(logging, `arn:aws:s3:::${Target}/*`, { Action: "s3:PutObject" }));
  await plain.send(new PutBucketPolicyCommand({ Bucket: Target, Policy }));
  const LoggingEnabled = { TargetBucket: Target, TargetPrefix: "" };
  await plain.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
  await read(s3, Point);
  await read(s3, alias);
  await cloud.clock.advance("1 hour");
  const { Contents = [] } = await plain.send(new ListObjectsV2Command({ Bucket: Target }));
  const texts = await Promise.all(Contents.map(async ({ Key = "" }) => (await get(plain, Target, Key)).Body));
  const lines = (await Promise.all(texts.map(async (body) => body?.transformToString()))).join("").split("\n");
  const reads = lines.filter((line) => line.includes(" REST.GET.OBJECT a/b "));
  expect(reads.map((line) => [line.split(" ")[1], line.split(" ").at(-3)])).toEqual([
    [Bucket, Point],
    [Bucket, Point],
  ]);
});

test("an access point of a VPC takes nothing from outside", async () => {
  const VpcConfiguration = { VpcId: "vpc-1a" };
  await control.send(new CreateAccessPointCommand({ AccountId, Name: "inner", Bucket, VpcConfiguration }));
  expect(await failure(get(s3, Point.replace("way-in", "inner")))).toBe("AccessDenied: Access Denied");
});

test("access points of several regions are not emulated, and say so", async () => {
  expect(await anonymous("m1x.mrap.accesspoint.s3-global.amazonaws.com", "/a")).toContain("<Code>NotEmulated</Code>");
});
