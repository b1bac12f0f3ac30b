// Exports as they lie in a bucket, through the real clients.

import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeExportCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ListExportsCommand,
  PutItemCommand,
  UpdateContinuousBackupsCommand,
  type ExportDescription,
  type ExportTableToPointInTimeCommandInput,
} from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let s3: S3Client;

const Bucket = "table-exports";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "exports" });
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function make(TableName: string, recovery = true): Promise<string> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  if (recovery)
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
  return TableDescription?.TableArn ?? "";
}

const put = (TableName: string, id: string, v: string) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, v: { S: v } } }));
async function ask(input: ExportTableToPointInTimeCommandInput): Promise<ExportDescription> {
  return (await client.send(new ExportTableToPointInTimeCommand(input))).ExportDescription ?? {};
}
async function done(input: ExportTableToPointInTimeCommandInput): Promise<ExportDescription> {
  const { ExportArn } = await ask(input);
  await cloud.settle();
  return (await client.send(new DescribeExportCommand({ ExportArn }))).ExportDescription ?? {};
}
async function objects(Prefix: string): Promise<ReadonlyMap<string, Buffer>> {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const found = new Map<string, Buffer>();
  for (const { Key = "" } of Contents ?? []) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    found.set(Key, Buffer.from((await Body?.transformToByteArray()) ?? []));
  }
  return found;
}
const linesIn = (files: ReadonlyMap<string, Buffer>): string[] =>
  [...files]
    .filter(([key]) => key.includes("/data/"))
    .flatMap(([, bytes]) => gunzipSync(bytes).toString().split("\n"))
    .filter((line) => line !== "")
    .toSorted();
const md5 = (bytes: Buffer | undefined) =>
  createHash("md5")
    .update(bytes ?? "")
    .digest("base64");

describe("ExportTableToPointInTime", () => {
  test("writes data, manifests and checksums where AWS writes them", async () => {
    const TableArn = await make("Full");
    for (const id of ["a", "b", "c", "d", "e"]) await put("Full", id, `value of ${id}`);
    const asked = await ask({ TableArn, S3Bucket: Bucket, S3Prefix: "full" });
    expect(asked).toEqual({
      ExportArn: expect.stringMatching(/table\/Full\/export\/\d{14}-[\da-f]{8}$/),
      ExportStatus: "IN_PROGRESS",
      StartTime: new Date(cloud.clock.now()),
      ExportTime: new Date(cloud.clock.now()),
      TableArn,
      TableId: expect.any(String),
      ClientToken: expect.any(String),
      S3Bucket: Bucket,
      S3Prefix: "full",
      S3SseAlgorithm: "AES256",
      ExportFormat: "DYNAMODB_JSON",
    });
    await cloud.settle();
    const { ExportDescription: description } = await client.send(
      new DescribeExportCommand({ ExportArn: asked.ExportArn }),
    );
    const folder = `full/AWSDynamoDB/${asked.ExportArn?.split("/").at(-1)}/`;
    expect(description).toEqual({
      ...asked,
      ExportStatus: "COMPLETED",
      EndTime: new Date(cloud.clock.now()),
      ExportManifest: `${folder}manifest-summary.json`,
      ItemCount: 5,
      BilledSizeBytes: 0,
    });
    const files = await objects("full/");
    const names = [...files.keys()].map((key) => key.slice(folder.length));
    expect(names.filter((name) => !name.startsWith("data/"))).toEqual([
      "_started",
      "manifest-files.json",
      "manifest-files.md5",
      "manifest-summary.json",
      "manifest-summary.md5",
    ]);
    expect(names.filter((name) => /^data\/[\da-z]{26}\.json\.gz$/.test(name))).toHaveLength(4);
    expect(files.get(`${folder}_started`)).toHaveLength(0);
    expect(linesIn(files)).toEqual(
      ["a", "b", "c", "d", "e"].map((id) => `{"Item":{"id":{"S":"${id}"},"v":{"S":"value of ${id}"}}}`),
    );
    for (const name of ["manifest-files", "manifest-summary"])
      expect(files.get(`${folder}${name}.md5`)?.toString()).toBe(md5(files.get(`${folder}${name}.json`)));
    const listed = (files.get(`${folder}manifest-files.json`)?.toString() ?? "").trim().split("\n");
    let items = 0;
    for (const line of listed) {
      const { itemCount, md5Checksum, etag, dataFileS3Key } = JSON.parse(line) as Record<string, string>;
      items += Number(itemCount);
      expect(md5Checksum).toBe(md5(files.get(String(dataFileS3Key))));
      expect(etag).toMatch(/^[\da-f]{32}$/);
    }
    expect(items).toBe(5);
    expect(JSON.parse(files.get(`${folder}manifest-summary.json`)?.toString() ?? "")).toEqual({
      version: "2020-06-30",
      exportArn: asked.ExportArn,
      startTime: asked.StartTime?.toISOString(),
      endTime: description?.EndTime?.toISOString(),
      tableArn: TableArn,
      tableId: asked.TableId,
      exportTime: asked.ExportTime?.toISOString(),
      s3Bucket: Bucket,
      s3Prefix: "full",
      s3SseAlgorithm: "AES256",
      s3SseKmsKeyId: null,
      manifestFilesS3Key: `${folder}manifest-files.json`,
      billedSizeBytes: 0,
      itemCount: 5,
      outputFormat: "DYNAMODB_JSON",
    });
  });

  test("a moment of the past, in Ion", async () => {
    const TableArn = await make("Past");
    await put("Past", "a", "then");
    const ExportTime = new Date(cloud.clock.now());
    await cloud.clock.advance("1 hour");
    await put("Past", "a", "now");
    await put("Past", "b", "now");
    const { ItemCount, S3Prefix } = await done({
      TableArn,
      S3Bucket: Bucket,
      ExportTime,
      ExportFormat: "ION",
      S3Prefix: "ion/",
    });
    expect({ ItemCount, S3Prefix }).toEqual({ ItemCount: 1, S3Prefix: "ion/" });
    const files = await objects("ion/");
    expect([...files.keys()].filter((key) => key.endsWith(".ion.gz"))).toHaveLength(4);
    expect(linesIn(files)).toEqual([`$ion_1_0 {Item:{id:"a",v:"then"}}`]);
  });

  test("an incremental export has the first and last state of what changed in its period", async () => {
    const TableArn = await make("Changes");
    await put("Changes", "same", "1");
    await put("Changes", "changed", "1");
    await put("Changes", "deleted", "1");
    await cloud.clock.advance("1 hour");
    const ExportFromTime = new Date(Math.floor(cloud.clock.now() / 1000) * 1000);
    await put("Changes", "changed", "2");
    await cloud.clock.advance("1 minute");
    const changedAt = Math.floor(cloud.clock.now() / 1000);
    await put("Changes", "changed", "3");
    await put("Changes", "new", "1");
    await put("Changes", "came and went", "1");
    await client.send(new DeleteItemCommand({ TableName: "Changes", Key: { id: { S: "deleted" } } }));
    await client.send(new DeleteItemCommand({ TableName: "Changes", Key: { id: { S: "came and went" } } }));
    await cloud.clock.advance("1 hour");
    const ExportToTime = new Date(Math.floor(cloud.clock.now() / 1000) * 1000);
    await put("Changes", "changed", "too late");
    const specification = { ExportFromTime, ExportToTime };
    const incremental = { TableArn, S3Bucket: Bucket, ExportType: "INCREMENTAL_EXPORT" as const };
    const description = await done({
      ...incremental,
      S3Prefix: "changes",
      IncrementalExportSpecification: specification,
    });
    expect(description).toMatchObject({
      ExportStatus: "COMPLETED",
      ExportType: "INCREMENTAL_EXPORT",
      ItemCount: 3,
      BilledSizeBytes: 10_000_000,
      IncrementalExportSpecification: { ...specification, ExportViewType: "NEW_AND_OLD_IMAGES" },
    });
    expect(description.ExportTime).toBeUndefined();
    const image = (id: string, v: string) => ({ id: { S: id }, v: { S: v } });
    const change = (id: string) => ({
      Metadata: { WriteTimestampMicros: { N: `${changedAt}000000` } },
      Keys: { id: { S: id } },
    });
    const files = await objects("changes/");
    expect([...files.keys()].filter((key) => key.startsWith("changes/AWSDynamoDB/data/"))).toHaveLength(4);
    expect(linesIn(files).map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...change("changed"), OldImage: image("changed", "1"), NewImage: image("changed", "3") },
      { ...change("deleted"), OldImage: image("deleted", "1") },
      { ...change("new"), NewImage: image("new", "1") },
    ]);
    await done({
      ...incremental,
      S3Prefix: "images",
      ExportFormat: "ION",
      IncrementalExportSpecification: { ...specification, ExportViewType: "NEW_IMAGE" },
    });
    const record = (id: string, rest: string) =>
      `$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:${changedAt}000000.},Keys:{id:"${id}"}${rest}}}`;
    expect(linesIn(await objects("images/"))).toEqual([
      record("changed", `,NewImage:{id:"changed",v:"3"}`),
      record("deleted", ""),
      record("new", `,NewImage:{id:"new",v:"1"}`),
    ]);
  });

  test("a filter leaves items and attributes out, of full and incremental exports", async () => {
    const TableArn = await make("Filtered");
    for (const [id, v] of [
      ["a", "kept"],
      ["b", "dropped"],
      ["c", "kept"],
    ] as const)
      await put("Filtered", id, v);
    const FilterSpecification = {
      FilterExpression: "#v = :v",
      ProjectionExpression: "id",
      ExpressionAttributeNames: { "#v": "v" },
      ExpressionAttributeValues: { ":v": { S: "kept" } },
    };
    const full = { TableArn, S3Bucket: Bucket };
    expect(await done({ ...full, S3Prefix: "filtered", FilterSpecification })).toMatchObject({
      ItemCount: 2,
      FilterSpecification,
    });
    expect(linesIn(await objects("filtered/"))).toEqual(['{"Item":{"id":{"S":"a"}}}', '{"Item":{"id":{"S":"c"}}}']);
    const one = { KeyConditionExpression: "id = :id", ExpressionAttributeValues: { ":id": { S: "b" } } };
    await done({ ...full, S3Prefix: "one", FilterSpecification: one });
    expect(linesIn(await objects("one/"))).toEqual(['{"Item":{"id":{"S":"b"},"v":{"S":"dropped"}}}']);
    const ExportFromTime = new Date(Math.ceil(cloud.clock.now() / 1000) * 1000);
    await cloud.clock.advance("1 hour");
    await put("Filtered", "a", "dropped");
    await put("Filtered", "b", "kept");
    await client.send(new DeleteItemCommand({ TableName: "Filtered", Key: { id: { S: "c" } } }));
    await cloud.clock.advance("1 hour");
    await done({
      ...full,
      S3Prefix: "some",
      ExportType: "INCREMENTAL_EXPORT",
      IncrementalExportSpecification: { ExportFromTime },
      FilterSpecification: { ...FilterSpecification, ProjectionExpression: undefined },
    });
    expect(linesIn(await objects("some/")).map((line) => (JSON.parse(line) as { Keys: unknown }).Keys)).toEqual([
      { id: { S: "b" } },
      { id: { S: "c" } },
    ]);
    await expect(ask({ ...full, FilterSpecification: {} })).rejects.toMatchObject({
      message: "Invalid Request: Invalid FilterSpecification: The specification can not be empty",
    });
    await expect(
      ask({ ...full, FilterSpecification: { ...one, FilterExpression: "id <> :id" } }),
    ).rejects.toMatchObject({ name: "ValidationException" });
    await expect(ask({ ...full, FilterSpecification: { FilterExpression: "a ==" } })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("the same token is the same export; another request with it is a conflict", async () => {
    const TableArn = await make("Token");
    const input = { TableArn, S3Bucket: Bucket, S3Prefix: "token", ClientToken: "once" };
    const { ExportArn } = await done(input);
    expect((await ask(input)).ExportArn).toBe(ExportArn);
    await expect(ask({ ...input, S3Prefix: "other" })).rejects.toMatchObject({
      name: "ExportConflictException",
      message: "Export conflict: Duplicate request detected with conflicting parameters",
    });
    await cloud.clock.advance("9 hours");
    expect((await ask(input)).ExportArn).not.toBe(ExportArn);
  });

  test("what S3 and KMS refuse is told by the export, which is taken all the same", async () => {
    const TableArn = await make("Failing");
    expect(await done({ TableArn, S3Bucket: "no-such-bucket-here" })).toMatchObject({
      ExportStatus: "FAILED",
      FailureCode: "S3NoSuchBucket",
      FailureMessage: expect.stringMatching(
        /^The specified bucket does not exist \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: /,
      ),
    });
    const wrongOwner = await done({ TableArn, S3Bucket: Bucket, S3BucketOwner: "111122223333" });
    expect(wrongOwner).toMatchObject({ ExportStatus: "FAILED", FailureCode: "S3AccessDenied" });
    const noKey = await done({
      TableArn,
      S3Bucket: Bucket,
      S3SseAlgorithm: "KMS",
      S3SseKmsKeyId: "arn:aws:kms:us-east-1:000000000000:key/deadbeef-dead-beef-dead-beefdeadbeef",
    });
    expect(noKey).toMatchObject({ ExportStatus: "FAILED", FailureCode: "KmsNotFoundException" });
    await s3.send(new CreateBucketCommand({ Bucket: "closed-exports" }));
    await s3.send(
      new PutBucketPolicyCommand({
        Bucket: "closed-exports",
        Policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::closed-exports/*" },
          ],
        }),
      }),
    );
    expect(await done({ TableArn, S3Bucket: "closed-exports" })).toMatchObject({
      ExportStatus: "FAILED",
      FailureCode: "S3AccessDenied",
    });
    const encrypted = await done({ TableArn, S3Bucket: Bucket, S3SseAlgorithm: "KMS", S3Prefix: "kms" });
    expect(encrypted).toMatchObject({ ExportStatus: "COMPLETED", S3SseAlgorithm: "KMS" });
    const { ServerSideEncryption } = await s3.send(
      new GetObjectCommand({ Bucket, Key: encrypted.ExportManifest ?? "" }),
    );
    expect(ServerSideEncryption).toBe("aws:kms");
  });

  test("exports are listed newest first, a page at a time, while their table lives", async () => {
    const TableArn = await make("Listed");
    const arns: (string | undefined)[] = [];
    for (let count = 0; count < 3; count += 1) {
      await cloud.clock.advance("1 second");
      arns.unshift((await ask({ TableArn, S3Bucket: "no-such-bucket-here" })).ExportArn);
    }
    await cloud.settle();
    const first = await client.send(new ListExportsCommand({ TableArn, MaxResults: 2 }));
    const second = await client.send(new ListExportsCommand({ TableArn, MaxResults: 2, NextToken: first.NextToken }));
    expect(second.NextToken).toBeUndefined();
    const summaries = [...(first.ExportSummaries ?? []), ...(second.ExportSummaries ?? [])];
    expect(summaries).toEqual(
      arns.map((ExportArn) => ({ ExportArn, ExportStatus: "FAILED", ExportType: "FULL_EXPORT" })),
    );
    await expect(client.send(new ListExportsCommand({ NextToken: "00ff" }))).rejects.toMatchObject({
      message: "Invalid Request: Provided nextToken is invalid: 00ff",
    });
    await client.send(new DeleteTableCommand({ TableName: "Listed" }));
    expect((await client.send(new ListExportsCommand({ TableArn }))).ExportSummaries).toEqual([]);
    const { ExportDescription } = await client.send(new DescribeExportCommand({ ExportArn: arns[0] }));
    expect(ExportDescription?.TableArn).toBe(TableArn);
  });

  const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/";
  let refusable = false;
  const minutesAgo = (minutes: number) => new Date(cloud.clock.now() - minutes * 60_000);
  test.each<[string, () => Partial<ExportTableToPointInTimeCommandInput>, string, string | RegExp]>([
    [
      "no ARN",
      () => ({ TableArn: "Refused" }),
      "ValidationException",
      "One or more parameter values were invalid: tableArn is not a valid ARN",
    ],
    [
      "an index",
      () => ({ TableArn: `${arn}Refused/index/x` }),
      "ValidationException",
      "Invalid Request: Table ARN is invalid.",
    ],
    ["no table", () => ({ TableArn: `${arn}Nowhere` }), "TableNotFoundException", `Table not found: ${arn}Nowhere`],
    [
      "a table without recovery",
      () => ({ TableArn: `${arn}Unrecoverable` }),
      "PointInTimeRecoveryUnavailableException",
      "Point in time recovery is not enabled for table 'Unrecoverable'",
    ],
    ["the future", () => ({ ExportTime: minutesAgo(-60) }), "InvalidExportTimeException", "Export Time is invalid"],
    ["before the table", () => ({ ExportTime: new Date(0) }), "InvalidExportTimeException", "Export Time is invalid"],
    [
      "a key without KMS",
      () => ({ S3SseKmsKeyId: "alias/aws/s3" }),
      "ValidationException",
      "Invalid Request: KMS Key Id is not supported for this encryption type",
    ],
    [
      "a period of a full export",
      () => ({ IncrementalExportSpecification: {} }),
      "ValidationException",
      "Invalid Request: Export Type expected to be Incremental Export when incremental export specification is provided",
    ],
    [
      "no period",
      () => ({ ExportType: "INCREMENTAL_EXPORT" }),
      "ValidationException",
      "Invalid Request: Incremental Export Specification expected when export type is set as Incremental Export",
    ],
    [
      "no start",
      () => ({ ExportType: "INCREMENTAL_EXPORT", IncrementalExportSpecification: {} }),
      "ValidationException",
      "Invalid Request: ExportFromTime must be provided in IncrementalExportSpecification",
    ],
    [
      "a start before the table",
      () => ({ ExportType: "INCREMENTAL_EXPORT", IncrementalExportSpecification: { ExportFromTime: new Date(0) } }),
      "InvalidExportTimeException",
      "Incremental export period from time cannot be less than the table creation time : 1970-01-01T00:00:00Z",
    ],
    [
      "a short period",
      () => ({ ExportType: "INCREMENTAL_EXPORT", IncrementalExportSpecification: { ExportFromTime: minutesAgo(10) } }),
      "InvalidExportTimeException",
      "Difference between export period from time and export period to time is less than 15 minutes",
    ],
    [
      "a period into the future",
      () => ({
        ExportType: "INCREMENTAL_EXPORT",
        IncrementalExportSpecification: { ExportFromTime: minutesAgo(30), ExportToTime: minutesAgo(-1) },
      }),
      "InvalidExportTimeException",
      /^Incremental export period to time cannot be greater than the current time : /,
    ],
  ])("refuses %s", async (_what, input, name, message) => {
    if (!refusable) {
      await make("Refused");
      await make("Unrecoverable", false);
      await cloud.clock.advance("1 hour");
      refusable = true;
    }
    await expect(ask({ TableArn: `${arn}Refused`, S3Bucket: Bucket, ...input() })).rejects.toMatchObject({
      name,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });
  test.each([
    ["arn:aws:dynamodb:us-east-1:000000000000:table/SomeTable", "ValidationException", "Invalid Export ARN"],
    [`${arn}Nowhere/import/01693685827463-2d8752fd`, "ValidationException", "Invalid Export ARN"],
    [`${arn}Nowhere/export/0`, "ExportNotFoundException", `Export not found: Export not found: ${arn}Nowhere/export/0`],
    [
      "arn:aws:dynamodb:eu-west-1:000000000000:table/Nowhere/export/0",
      "ExportNotFoundException",
      "Export not found: Invalid export arn",
    ],
  ])("DescribeExport of %s is refused", async (ExportArn, name, message) => {
    await expect(client.send(new DescribeExportCommand({ ExportArn }))).rejects.toMatchObject({ name, message });
  });
});
