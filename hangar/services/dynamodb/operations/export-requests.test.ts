// What exports may be asked for: tokens, refusals, what S3 and KMS refuse, and lists, through the real clients.

import {
  DeleteTableCommand,
  DescribeExportCommand,
  DynamoDBClient,
  ListExportsCommand,
  type ExportTableToPointInTimeCommandInput,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { Bucket, ask, done, make } from "../test-exports.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let s3: S3Client;

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

describe("ExportTableToPointInTime", () => {
  test("the same token is the same export; another request with it is a conflict", async () => {
    const TableArn = await make(client, "Token");
    const input = { TableArn, S3Bucket: Bucket, S3Prefix: "token", ClientToken: "once" };
    const { ExportArn } = await done({ cloud, client }, input);
    expect((await ask(client, input)).ExportArn).toBe(ExportArn);
    await expect(ask(client, { ...input, S3Prefix: "other" })).rejects.toMatchObject({
      name: "ExportConflictException",
      message: "Export conflict: Duplicate request detected with conflicting parameters",
    });
    await cloud.clock.advance("9 hours");
    expect((await ask(client, input)).ExportArn).not.toBe(ExportArn);
  });

  test("what S3 and KMS refuse is told by the export, which is taken all the same", async () => {
    const TableArn = await make(client, "Failing");
    expect(await done({ cloud, client }, { TableArn, S3Bucket: "no-such-bucket-here" })).toMatchObject({
      ExportStatus: "FAILED",
      FailureCode: "S3NoSuchBucket",
      FailureMessage: expect.stringMatching(
        /^The specified bucket does not exist \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: /,
      ),
    });
    const wrongOwner = await done({ cloud, client }, { TableArn, S3Bucket: Bucket, S3BucketOwner: "111122223333" });
    expect(wrongOwner).toMatchObject({ ExportStatus: "FAILED", FailureCode: "S3AccessDenied" });
    const noKey = await done(
      { cloud, client },
      {
        TableArn,
        S3Bucket: Bucket,
        S3SseAlgorithm: "KMS",
        S3SseKmsKeyId: "arn:aws:kms:us-east-1:000000000000:key/deadbeef-dead-beef-dead-beefdeadbeef",
      },
    );
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
    expect(await done({ cloud, client }, { TableArn, S3Bucket: "closed-exports" })).toMatchObject({
      ExportStatus: "FAILED",
      FailureCode: "S3AccessDenied",
    });
    const encrypted = await done(
      { cloud, client },
      { TableArn, S3Bucket: Bucket, S3SseAlgorithm: "KMS", S3Prefix: "kms" },
    );
    expect(encrypted).toMatchObject({ ExportStatus: "COMPLETED", S3SseAlgorithm: "KMS" });
    const { ServerSideEncryption } = await s3.send(
      new GetObjectCommand({ Bucket, Key: encrypted.ExportManifest ?? "" }),
    );
    expect(ServerSideEncryption).toBe("aws:kms");
  });

  test("exports are listed newest first, a page at a time, while their table lives", async () => {
    const TableArn = await make(client, "Listed");
    const arns: (string | undefined)[] = [];
    for (let count = 0; count < 3; count += 1) {
      await cloud.clock.advance("1 second");
      arns.unshift((await ask(client, { TableArn, S3Bucket: "no-such-bucket-here" })).ExportArn);
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
      await make(client, "Refused");
      await make(client, "Unrecoverable", false);
      await cloud.clock.advance("1 hour");
      refusable = true;
    }
    await expect(ask(client, { TableArn: `${arn}Refused`, S3Bucket: Bucket, ...input() })).rejects.toMatchObject({
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
