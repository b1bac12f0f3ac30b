// Server access logs: a line for each access, delivered on the hour to a bucket that lets the service in.

import {
  CopyObjectCommand,
  type BucketCannedACL,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectCommand,
  S3Client,
  type LoggingEnabled,
  PutBucketAclCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { canonicalId } from "../rules/owners.ts";

let cloud: RunningCloud;
let s3: S3Client;
const owner = canonicalId("000000000000");

beforeAll(async () => {
  cloud = await startCloud();
  cloud.clock.hold();
  await cloud.clock.advanceTo("2030-03-05T10:20:30Z");
  s3 = new S3Client({ ...cloud.clientConfig(), customUserAgent: "one" });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function letIn(target: string, source: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${target}/*`,
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:s3:::${source}` } },
      },
    ],
  };
}

async function pair(name: string, logging: Partial<LoggingEnabled> = {}): Promise<{ source: string; target: string }> {
  const [source, target] = [`${name}-source`, `${name}-target`];
  for (const Bucket of [source, target]) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: target, Policy: JSON.stringify(letIn(target, source)) }));
  const LoggingEnabled = { TargetBucket: target, TargetPrefix: "logs/", ...logging };
  await s3.send(new PutBucketLoggingCommand({ Bucket: source, BucketLoggingStatus: { LoggingEnabled } }));
  return { source, target };
}

async function keysIn(Bucket: string): Promise<readonly string[]> {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return (Contents ?? []).map((each) => each.Key ?? "");
}

async function linesIn(Bucket: string): Promise<readonly (readonly string[])[]> {
  const lines: string[] = [];
  for (const Key of await keysIn(Bucket)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    lines.push(...((await Body?.transformToString()) ?? "").split("\n").slice(0, -1));
  }
  return lines.map((line) => [...line.matchAll(/"[^"]*"|\[[^\]]*\]|\S+/g)].map(([field]) => field));
}

/** Bucket, operation, key, status, error and sizes: what is the same on every machine. */
function gist(lines: readonly (readonly string[])[]): readonly string[] {
  return lines.map((line) => [6, 7, 9, 10, 11, 12].map((index) => line[index]).join(" "));
}

describe("server access logs", () => {
  test("have a line of 27 fields for each access, delivered on the hour", async () => {
    const { source: Bucket, target } = await pair("every-field");
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a b/ü"*.txt', Body: "twelve bytes" }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a b/ü"*.txt' }));
    await Body?.transformToString();
    await s3.send(new HeadObjectCommand({ Bucket, Key: "missing" })).catch(() => undefined);
    await s3.send(new GetObjectCommand({ Bucket, Key: "missing" })).catch(() => undefined);
    await cloud.clock.advance("39 minutes");
    expect(await keysIn(target)).toEqual([]);
    await cloud.clock.advance("1 minute");
    expect(await keysIn(target)).toEqual([expect.stringMatching(/^logs\/2030-03-05-11-00-00-[0-9A-F]{16}$/)]);
    const lines = await linesIn(target);
    const documents = /(?<=NoSuchKey )\d+/;
    expect(
      gist(lines)
        .map((line) => line.replace(documents, "N"))
        .toSorted(),
    ).toEqual([
      "REST.GET.OBJECT a%20b/%C3%BC%22%2A.txt 200 - 12 12",
      "REST.GET.OBJECT missing 404 NoSuchKey N -",
      "REST.HEAD.OBJECT missing 404 NoSuchKey - -",
      "REST.PUT.LOGGING_STATUS - 200 - - -",
      "REST.PUT.OBJECT a%20b/%C3%BC%22%2A.txt 200 - - 12",
    ]);
    expect(lines.map((line) => line.length)).toEqual([27, 27, 27, 27, 27]);
    const get = lines.find((line) => line[6] === "REST.GET.OBJECT" && line[9] === "200");
    expect(get?.slice(0, 3)).toEqual([owner, Bucket, "[05/Mar/2030:10:20:30 +0000]"]);
    expect(get?.slice(3, 5)).toEqual(["127.0.0.1", owner]);
    expect(get?.[8]).toMatch(/^"GET \/every-field-source\/a%20b\/.*\?x-id=GetObject HTTP\/1\.1"$/);
    expect(get?.slice(15, 16)).toEqual(['"-"']);
    expect(get?.[16]).toContain("aws-sdk-js");
    expect(get?.slice(19, 22)).toEqual(["SigV4", "-", "AuthHeader"]);
    expect(get?.slice(23)).toEqual(["-", "-", "-", "-"]);
    await cloud.clock.advance("3 hours");
    expect(await keysIn(target)).toHaveLength(1);
  });

  test("name copies at both ends, each key of a batch, lists of grants, and URLs that are signed", async () => {
    const { source: Bucket, target } = await pair("operations");
    const other = "operations-other";
    await s3.send(new CreateBucketCommand({ Bucket: other }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "one", Body: "1" }));
    await s3.send(new CopyObjectCommand({ Bucket: other, Key: "two", CopySource: `${Bucket}/one` }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: "two", CopySource: `${other}/two` }));
    await s3.send(new GetObjectAclCommand({ Bucket, Key: "one" }));
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "one" }));
    expect(await (await fetch(url, { headers: { "user-agent": 'a "b"', referer: "http://from/" } })).text()).toBe("1");
    expect((await fetch(`${cloud.endpoint}/${Bucket}/one`)).status).toBe(403);
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "one" }, { Key: "two" }] } }));
    await cloud.clock.advance("1 hour");
    const lines = await linesIn(target);
    expect(lines.map((line) => [6, 7, 9].map((index) => line[index]).join(" ")).toSorted()).toEqual([
      "BATCH.DELETE.OBJECT one 204",
      "BATCH.DELETE.OBJECT two 204",
      "REST.COPY.OBJECT two 200",
      "REST.COPY.OBJECT_GET one 200",
      "REST.GET.ACL one 200",
      "REST.GET.OBJECT one 200",
      "REST.GET.OBJECT one 403",
      "REST.POST.MULTI_OBJECT_DELETE - 200",
      "REST.PUT.LOGGING_STATUS - 200",
      "REST.PUT.OBJECT one 200",
    ]);
    const [signed, unsigned] = ["200", "403"].map((status) =>
      lines.find((line) => line[6] === "REST.GET.OBJECT" && line[9] === status),
    );
    expect(signed?.slice(15, 17)).toEqual(['"http://from/"', '"a %22b%22"']);
    expect(signed?.[21]).toBe("QueryString");
    expect([unsigned?.[4], unsigned?.[10], unsigned?.[19]]).toEqual(["-", "AccessDenied", "-"]);
  });

  test("are put below account, region, bucket and the day of the events where prefixes are partitioned", async () => {
    const PartitionedPrefix = { PartitionDateSource: "EventTime" as const };
    const { source: Bucket, target } = await pair("by-event", { TargetObjectKeyFormat: { PartitionedPrefix } });
    const TargetObjectKeyFormat = { PartitionedPrefix: { PartitionDateSource: "DeliveryTime" as const } };
    const late = await pair("by-delivery", { TargetObjectKeyFormat });
    await cloud.clock.advanceTo("2030-04-01T23:30:00Z");
    for (const name of [Bucket, late.source]) await s3.send(new PutObjectCommand({ Bucket: name, Key: "k" }));
    await cloud.clock.advanceTo("2030-04-02T02:00:00Z");
    expect((await keysIn(target)).at(-1)).toMatch(
      /^logs\/000000000000\/us-east-1\/by-event-source\/2030\/04\/01\/2030-04-01-00-00-00-[0-9A-F]{16}$/,
    );
    expect((await keysIn(late.target)).at(-1)).toMatch(
      /^logs\/000000000000\/us-east-1\/by-delivery-source\/2030\/04\/02\/2030-04-02-00-00-00-[0-9A-F]{16}$/,
    );
  });

  test("are lost where the target does not let them in, and end with the configuration", async () => {
    const { source: Bucket, target } = await pair("refused");
    await s3.send(new PutBucketPolicyCommand({ Bucket: target, Policy: JSON.stringify(letIn(target, "another")) }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "k" }));
    await cloud.clock.advance("1 hour");
    expect(await keysIn(target)).toEqual([]);
    await s3.send(new PutBucketPolicyCommand({ Bucket: target, Policy: JSON.stringify(letIn(target, Bucket)) }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "k" }));
    await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }));
    await cloud.clock.advance("1 hour");
    expect(await keysIn(target)).toEqual([]);
  });

  test("reach a bucket whose access control list lets the group in, with the grants that were asked for", async () => {
    const [source, target] = ["listed-source", "listed-target"];
    for (const Bucket of [source, target]) await s3.send(new CreateBucketCommand({ Bucket }));
    const OwnershipControls = { Rules: [{ ObjectOwnership: "ObjectWriter" as const }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: target, OwnershipControls }));
    const Grantee = { Type: "Group" as const, URI: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" };
    const TargetGrants = [{ Grantee, Permission: "READ" as const }];
    const LoggingEnabled = { TargetBucket: target, TargetPrefix: "", TargetGrants };
    const put = (): Promise<unknown> =>
      s3.send(new PutBucketLoggingCommand({ Bucket: source, BucketLoggingStatus: { LoggingEnabled } }));
    await expect(put()).rejects.toMatchObject({
      name: "InvalidTargetBucketForLogging",
      message: "You must give the log-delivery group WRITE and READ_ACP permissions to the target bucket",
      TargetBucket: target,
    });
    await s3.send(new PutBucketAclCommand({ Bucket: target, ACL: "log-delivery-write" as BucketCannedACL }));
    await put();
    await cloud.clock.advance("1 hour");
    const [Key = ""] = await keysIn(target);
    const { Grants } = await s3.send(new GetObjectAclCommand({ Bucket: target, Key }));
    expect(Grants?.map((each) => each.Permission)).toEqual(["FULL_CONTROL", "READ"]);
  });

  test("go to a bucket of the same account only", async () => {
    const other = new S3Client({
      ...cloud.clientConfig(),
      credentials: { accessKeyId: "111122223333", secretAccessKey: "test" },
    });
    await other.send(new CreateBucketCommand({ Bucket: "not-ours" }));
    await s3.send(new CreateBucketCommand({ Bucket: "ours-alone" }));
    const LoggingEnabled = { TargetBucket: "not-ours", TargetPrefix: "" };
    await expect(
      s3.send(new PutBucketLoggingCommand({ Bucket: "ours-alone", BucketLoggingStatus: { LoggingEnabled } })),
    ).rejects.toMatchObject({
      name: "InvalidTargetBucketForLogging",
      message: "The owner for the bucket to be logged and the target bucket must be the same.",
    });
  });
});
