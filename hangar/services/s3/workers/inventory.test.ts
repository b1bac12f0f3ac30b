// Inventory lists: written at midnight to a bucket that lets S3 in, with a manifest that says what is in them.

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketInventoryConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  SelectObjectContentCommand,
  type InventoryConfiguration,
} from "@aws-sdk/client-s3";
import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud();
  cloud.clock.hold();
  // A Tuesday.
  await cloud.clock.advanceTo("2030-03-05T10:20:30Z");
  s3 = new S3Client(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** As AWS documents it for inventories. */
function letIn(target: string, source: string): string {
  const Condition = {
    ArnLike: { "aws:SourceArn": `arn:aws:s3:::${source}` },
    StringEquals: { "aws:SourceAccount": "000000000000", "s3:x-amz-acl": "bucket-owner-full-control" },
  };
  const Principal = { Service: "s3.amazonaws.com" };
  const Statement = [
    { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `arn:aws:s3:::${target}/*`, Condition },
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

async function pair(name: string): Promise<{ source: string; target: string }> {
  const [source, target] = [`${name}-source`, `${name}-target`];
  for (const Bucket of [source, target]) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: target, Policy: letIn(target, source) }));
  return { source, target };
}

function configuration(target: string, changes: Partial<InventoryConfiguration> = {}): InventoryConfiguration {
  const S3BucketDestination = { Bucket: `arn:aws:s3:::${target}`, Format: "CSV" as const };
  return {
    Id: "all",
    IsEnabled: true,
    IncludedObjectVersions: "Current",
    Schedule: { Frequency: "Daily" },
    Destination: { S3BucketDestination },
    ...changes,
  };
}

async function inventory(Bucket: string, wanted: InventoryConfiguration): Promise<void> {
  const input = { Bucket, Id: wanted.Id ?? "", InventoryConfiguration: wanted };
  await s3.send(new PutBucketInventoryConfigurationCommand(input));
}

async function keysIn(Bucket: string): Promise<readonly string[]> {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return (Contents ?? []).map((each) => each.Key ?? "");
}

async function bytesOf(Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

type Manifest = { fileFormat: string; fileSchema: string; files: { key: string; size: number; MD5checksum: string }[] };

async function listOf(target: string): Promise<{ manifest: Manifest; rows: readonly string[] }> {
  const key = (await keysIn(target)).findLast((each) => each.endsWith("manifest.json")) ?? "";
  const manifest = JSON.parse((await bytesOf(target, key)).toString()) as Manifest;
  const bytes = await bytesOf(target, manifest.files[0]?.key ?? "");
  return { manifest, rows: gunzipSync(bytes).toString().split("\n").slice(0, -1) };
}

describe("an inventory", () => {
  test("lists the current objects each midnight, laid out as Athena and Hive look for it", async () => {
    const { source, target } = await pair("daily");
    for (const Key of ["b/x", "a ü", "b/y"]) await s3.send(new PutObjectCommand({ Bucket: source, Key, Body: Key }));
    const S3BucketDestination = { Bucket: `arn:aws:s3:::${target}`, Format: "CSV" as const, Prefix: "lists" };
    const OptionalFields = ["ETag", "Size", "StorageClass", "EncryptionStatus", "ChecksumAlgorithm"] as const;
    const wanted = { OptionalFields: [...OptionalFields], Destination: { S3BucketDestination } };
    await inventory(source, configuration(target, wanted));
    await cloud.clock.advanceTo("2030-03-06T00:00:00Z");
    const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    expect(await keysIn(target)).toEqual([
      "lists/daily-source/all/2030-03-06T00-00Z/manifest.checksum",
      "lists/daily-source/all/2030-03-06T00-00Z/manifest.json",
      expect.stringMatching(new RegExp(`^lists/daily-source/all/data/${uuid}\\.csv\\.gz$`)),
      "lists/daily-source/all/hive/dt=2030-03-06-00-00/symlink.txt",
    ]);
    const { manifest, rows } = await listOf(target);
    const [file] = manifest.files;
    const data = await bytesOf(target, file?.key ?? "");
    expect(manifest).toEqual({
      sourceBucket: source,
      destinationBucket: `arn:aws:s3:::${target}`,
      version: "2016-11-30",
      creationTimestamp: String(Date.parse("2030-03-06T00:00:00Z")),
      fileFormat: "CSV",
      fileSchema: "Bucket, Key, Size, ETag, StorageClass, EncryptionStatus, ChecksumAlgorithm",
      files: [{ key: file?.key, size: data.length, MD5checksum: createHash("md5").update(data).digest("hex") }],
    });
    const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
    expect(rows).toEqual([
      `"daily-source","a%20%C3%BC","4","${md5("a ü")}","STANDARD","SSE-S3","CRC32"`,
      `"daily-source","b/x","3","${md5("b/x")}","STANDARD","SSE-S3","CRC32"`,
      `"daily-source","b/y","3","${md5("b/y")}","STANDARD","SSE-S3","CRC32"`,
    ]);
    const folder = "lists/daily-source/all";
    const json = await bytesOf(target, `${folder}/2030-03-06T00-00Z/manifest.json`);
    expect(String(await bytesOf(target, `${folder}/2030-03-06T00-00Z/manifest.checksum`))).toBe(md5(json.toString()));
    const link = await bytesOf(target, `${folder}/hive/dt=2030-03-06-00-00/symlink.txt`);
    expect(String(link)).toBe(`s3://${target}/${file?.key}`);
    await cloud.clock.advance("1 day");
    expect(await keysIn(target)).toHaveLength(8);
  });

  test("of all versions names them and their markers, within a prefix, on Sundays after the first", async () => {
    const { source: Bucket, target } = await pair("versions");
    const VersioningConfiguration = { Status: "Enabled" as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "elsewhere" }));
    const { VersionId: first } = await s3.send(new PutObjectCommand({ Bucket, Key: "in/a", Body: "1" }));
    const { VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "in/a" }));
    const { VersionId: other } = await s3.send(new PutObjectCommand({ Bucket, Key: "in/b", Body: "22" }));
    const wanted = { IncludedObjectVersions: "All" as const, Filter: { Prefix: "in/" } };
    const Schedule = { Frequency: "Weekly" as const };
    await inventory(Bucket, configuration(target, { ...wanted, Schedule, OptionalFields: ["Size"] }));
    await cloud.clock.advanceTo("2030-03-08T00:00:00Z");
    const { manifest, rows } = await listOf(target);
    expect(manifest.fileSchema).toBe("Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size");
    expect(rows).toEqual([
      `"${Bucket}","in/a","${marker}","true","true",""`,
      `"${Bucket}","in/a","${first}","false","false","1"`,
      `"${Bucket}","in/b","${other}","true","false","2"`,
    ]);
    await cloud.clock.advanceTo("2030-03-09T23:00:00Z");
    expect(await keysIn(target)).toHaveLength(4);
    await cloud.clock.advanceTo("2030-03-10T01:00:00Z");
    expect(await keysIn(target)).toHaveLength(8);
  });

  test("in Parquet has typed columns, and keys as they are", async () => {
    const { source: Bucket, target } = await pair("columns");
    for (const Key of ["a ü", "b"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "b" }));
    const S3BucketDestination = { Bucket: `arn:aws:s3:::${target}`, Format: "Parquet" as const };
    const IncludedObjectVersions = "All" as const;
    const OptionalFields = ["Size" as const, "LastModifiedDate" as const, "ETag" as const];
    const wanted = { Destination: { S3BucketDestination }, IncludedObjectVersions, OptionalFields };
    await inventory(Bucket, configuration(target, wanted));
    await cloud.clock.advance("1 day");
    const key = (await keysIn(target)).find((each) => each.endsWith("manifest.json")) ?? "";
    const manifest = JSON.parse((await bytesOf(target, key)).toString()) as Manifest;
    expect([manifest.fileFormat, manifest.fileSchema]).toEqual([
      "Parquet",
      "message s3.inventory { required binary bucket (UTF8); required binary key (UTF8); optional binary version_id (UTF8); optional boolean is_latest; optional boolean is_delete_marker; optional int64 size; optional int64 last_modified_date (TIMESTAMP_MILLIS); optional binary e_tag (UTF8); }",
    ]);
    const list = manifest.files[0]?.key ?? "";
    expect(list).toMatch(/\.parquet$/);
    const { Payload } = await s3.send(
      new SelectObjectContentCommand({
        Bucket: target,
        Key: list,
        ExpressionType: "SQL",
        Expression:
          "SELECT s.key, s.is_latest, s.is_delete_marker AS gone, s.size, s.e_tag IS NULL AS bare FROM S3Object s",
        InputSerialization: { Parquet: {} },
        OutputSerialization: { JSON: {} },
      }),
    );
    let rows = "";
    for await (const { Records } of Payload ?? []) rows += Buffer.from(Records?.Payload ?? []).toString();
    expect(
      rows
        .trim()
        .split("\n")
        .map((row) => JSON.parse(row) as unknown),
    ).toEqual([
      { key: "a ü", is_latest: true, gone: false, size: 4, bare: false },
      { key: "b", is_latest: true, gone: true, size: null, bare: true },
      { key: "b", is_latest: false, gone: false, size: 1, bare: false },
    ]);
  });

  test("is not written where it is disabled or not let in, nor as ORC", async () => {
    const { source, target } = await pair("unwritten");
    await inventory(source, configuration(target, { IsEnabled: false }));
    const closed = "unwritten-closed";
    await s3.send(new CreateBucketCommand({ Bucket: closed }));
    await inventory(source, configuration(closed, { Id: "closed" }));
    await cloud.clock.advance("2 days");
    expect([await keysIn(target), await keysIn(closed)]).toEqual([[], []]);
    const S3BucketDestination = { Bucket: `arn:aws:s3:::${target}`, Format: "ORC" as const };
    await expect(
      inventory(source, configuration(target, { Id: "columns", Destination: { S3BucketDestination } })),
    ).rejects.toMatchObject({ name: "NotEmulated" });
  });

  test("and an access log are set up by a template", async () => {
    const formation = new CloudFormationClient(cloud.clientConfig());
    const Source = {
      Type: "AWS::S3::Bucket",
      Properties: {
        BucketName: "templated-source",
        LoggingConfiguration: { DestinationBucketName: "templated-target", LogFilePrefix: "log/" },
        InventoryConfigurations: [
          {
            Id: "i",
            Enabled: true,
            IncludedObjectVersions: "Current",
            ScheduleFrequency: "Daily",
            Prefix: "k",
            Destination: { BucketArn: "arn:aws:s3:::templated-target", Format: "CSV", Prefix: "list" },
          },
        ],
      },
    };
    const policy = JSON.parse(letIn("templated-target", "templated-source")) as { Statement: object[] };
    const [statement] = policy.Statement;
    const PolicyDocument = {
      ...policy,
      Statement: [
        statement,
        {
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::templated-target/*",
        },
      ],
    };
    const Resources = {
      Target: { Type: "AWS::S3::Bucket", Properties: { BucketName: "templated-target" } },
      Policy: { Type: "AWS::S3::BucketPolicy", Properties: { Bucket: { Ref: "Target" }, PolicyDocument } },
      Source: { ...Source, DependsOn: "Policy" },
    };
    const StackName = "delivers";
    await formation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    await cloud.settle();
    await s3.send(new PutObjectCommand({ Bucket: "templated-source", Key: "key", Body: "1" }));
    await cloud.clock.advance("1 day");
    const keys = await keysIn("templated-target");
    expect(keys.filter((key) => key.startsWith("log/"))).toHaveLength(1);
    expect(keys.filter((key) => key.startsWith("list/templated-source/i/"))).toHaveLength(4);
  });
});
