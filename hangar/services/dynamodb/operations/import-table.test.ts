// Tables made of what lies in a bucket, through the real clients.

import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  QueryCommand,
  UpdateContinuousBackupsCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { Bucket, all, ask, counts, done, input, line, parameters, upload } from "../test-imports.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let s3: S3Client;

const NOT_ALL =
  "Some of the items failed validation checks and were not imported. Please check CloudWatch error logs for more details.";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "imports" });
  client = new DynamoDBClient(cloud.clientConfig());
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("ImportTable", () => {
  test("makes the table that it is asked for, and says what it did", async () => {
    const bodies = [`${line("a", 1)}\n   \n\n${line("a", 2)}\n`, line("b", 1, ',"g":{"S":"x"}')];
    for (const [number, body] of bodies.entries()) await upload(s3, `plain/${number}.json`, body);
    await upload(s3, "plain/empty.json", "");
    const given = input("Plain", "plain/", {
      TableCreationParameters: parameters("Plain", {
        AttributeDefinitions: [
          ...(parameters("").AttributeDefinitions ?? []),
          { AttributeName: "g", AttributeType: "S" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "byG",
            KeySchema: [{ AttributeName: "g", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
          },
        ],
        SSESpecification: { Enabled: true },
      }),
    });
    const asked = await ask(client, given);
    expect(asked).toEqual({
      ImportArn: expect.stringMatching(/table\/Plain\/import\/\d{14}-[\da-f]{8}$/),
      ImportStatus: "IN_PROGRESS",
      TableArn: "arn:aws:dynamodb:us-east-1:000000000000:table/Plain",
      TableId: expect.any(String),
      ClientToken: expect.any(String),
      S3BucketSource: { S3Bucket: Bucket, S3BucketOwner: "000000000000", S3KeyPrefix: "plain/" },
      ErrorCount: 0,
      CloudWatchLogGroupArn: "arn:aws:logs:us-east-1:000000000000:log-group:/aws-dynamodb/imports:*",
      InputFormat: "DYNAMODB_JSON",
      InputCompressionType: "NONE",
      TableCreationParameters: given.TableCreationParameters,
      StartTime: expect.any(Date),
      ProcessedItemCount: 0,
      ImportedItemCount: 0,
    });
    await cloud.settle();
    const { ImportTableDescription } = await client.send(new DescribeImportCommand({ ImportArn: asked.ImportArn }));
    expect(ImportTableDescription).toEqual({
      ...asked,
      ImportStatus: "COMPLETED",
      EndTime: expect.any(Date),
      ProcessedItemCount: 3,
      ImportedItemCount: 3,
      ProcessedSizeBytes: bodies.join("").length,
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "Plain" }));
    expect(Table).toMatchObject({
      TableStatus: "ACTIVE",
      TableId: asked.TableId,
      SSEDescription: { Status: "ENABLED" },
    });
    const { Items } = await client.send(
      new QueryCommand({
        TableName: "Plain",
        IndexName: "byG",
        KeyConditionExpression: "g = :g",
        ExpressionAttributeValues: { ":g": { S: "x" } },
      }),
    );
    expect(Items).toEqual([{ p: { S: "b" }, c: { N: "1" }, g: { S: "x" } }]);
  });

  describe("a table of more than two pages comes back from its export", () => {
    const items: Record<string, AttributeValue>[] = Array.from({ length: 60 }, (_, index) => ({
      p: { S: `partition ${index % 7}` },
      c: { N: String(index) },
      blob: { S: "y".repeat(40_000) },
      text: { S: `quotes " ' \\ and\nlines\t日本 🦑 ${index}` },
      "an odd: name": { N: `-${index}.25` },
      bytes: { B: new Uint8Array([0, 254, 255, index]) },
      nothing: { NULL: true },
      flag: { BOOL: index % 2 === 0 },
      ss: { SS: ["a", "b"] },
      ns: { NS: ["1", "2.5", "300"] },
      bs: { BS: [new Uint8Array([index])] },
      list: { L: [{ N: "1e-130" }, { L: [] }, { M: { "": { S: "" } } }] },
    }));
    const inOrder = (rows: Record<string, AttributeValue>[]) =>
      rows.toSorted((left, right) => Number(left["c"]?.N) - Number(right["c"]?.N));

    beforeAll(async () => {
      const { TableName, AttributeDefinitions, KeySchema } = parameters("Source");
      await client.send(
        new CreateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST", AttributeDefinitions, KeySchema }),
      );
      for (let start = 0; start < items.length; start += 20) {
        const requests = items.slice(start, start + 20).map((Item) => ({ PutRequest: { Item } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { Source: requests } }));
      }
      await client.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
    });

    test.each(["DYNAMODB_JSON", "ION"] as const)("in %s", async (format) => {
      const { ExportDescription } = await client.send(
        new ExportTableToPointInTimeCommand({
          TableArn: "arn:aws:dynamodb:us-east-1:000000000000:table/Source",
          S3Bucket: Bucket,
          S3Prefix: `export-${format}`,
          ExportFormat: format,
        }),
      );
      await cloud.settle();
      const { ExportArn } = ExportDescription ?? {};
      const exported = await client.send(new DescribeExportCommand({ ExportArn }));
      expect(exported.ExportDescription).toMatchObject({ ExportStatus: "COMPLETED", ItemCount: items.length });
      const folder = exported.ExportDescription?.ExportManifest?.replace("manifest-summary.json", "data/") ?? "";
      const description = await done(
        { cloud, client },
        input(`Back-${format}`, folder, { InputFormat: format, InputCompressionType: "GZIP" }),
      );
      expect(counts(description)).toEqual(["COMPLETED", undefined, 60, 0, 60]);
      expect(inOrder(await all(client, `Back-${format}`))).toEqual(inOrder(await all(client, "Source")));
    });

    test("and as CSV, as far as that has types", async () => {
      const rows = items.map(({ p, c, text }) => `${p?.S},${c?.N},"${text?.S?.replaceAll('"', '""')}"`);
      await upload(s3, "csv/all.csv.zst", zstdCompressSync(`p,c,text\r\n${rows.join("\r\n")}\r\n`));
      const description = await done(
        { cloud, client },
        input("Back-CSV", "csv/", { InputFormat: "CSV", InputCompressionType: "ZSTD" }),
      );
      expect(counts(description)).toEqual(["COMPLETED", undefined, 60, 0, 60]);
      expect(inOrder(await all(client, "Back-CSV"))).toEqual(items.map(({ p, c, text }) => ({ p, c, text })));
    });
  });

  test("CSV with a delimiter and headers of its own", async () => {
    await upload(s3, "semicolons.csv", "x;1;one\ny;2;\n");
    const InputFormatOptions = { Csv: { Delimiter: ";", HeaderList: ["p", "c", "v"] } };
    const description = await done(
      { cloud, client },
      input("Semicolons", "semicolons.csv", { InputFormat: "CSV", InputFormatOptions }),
    );
    expect(description).toMatchObject({ ImportStatus: "COMPLETED", ImportedItemCount: 2, InputFormatOptions });
    expect(await all(client, "Semicolons")).toEqual(
      expect.arrayContaining([
        { p: { S: "x" }, c: { N: "1" }, v: { S: "one" } },
        { p: { S: "y" }, c: { N: "2" } },
      ]),
    );
  });

  test("items that share a key are all counted, and one of them is there", async () => {
    await upload(s3, "twice.json", `${line("a", 1)}\n${line("a", 1)}`);
    expect(counts(await done({ cloud, client }, input("Twice", "twice.json")))).toEqual([
      "COMPLETED",
      undefined,
      2,
      0,
      2,
    ]);
    expect(await all(client, "Twice")).toHaveLength(1);
  });

  test("a wrong item is left out, an unreadable line ends its object; the table keeps the rest", async () => {
    await upload(s3, "wrong/key.json", [line("a", 1), '{"Item":{"c":{"N":"1"}}}', line("a", 2)].join("\n"));
    await upload(s3, "wrong/text.json", [line("b", 1), '{"Item": ', line("b", 2)].join("\n"));
    const description = await done({ cloud, client }, input("Wrong", "wrong/"));
    expect(description).toMatchObject({ FailureCode: "ItemValidationError", FailureMessage: NOT_ALL });
    expect(counts(description)).toEqual(["FAILED", "ItemValidationError", 3, 2, 5]);
    expect(await all(client, "Wrong")).toHaveLength(3);
    const id = description.ImportArn?.split("/").at(-1);
    const { events } = await new CloudWatchLogsClient(cloud.clientConfig()).send(
      new FilterLogEventsCommand({ logGroupName: "/aws-dynamodb/imports", logStreamNames: [`${id}/error`] }),
    );
    expect(events?.map(({ message }) => JSON.parse(message ?? "") as unknown)).toEqual([
      {
        itemS3Pointer: { bucket: Bucket, key: "wrong/key.json", itemIndex: 1 },
        importArn: description.ImportArn,
        errorMessages: ["One or more parameter values were invalid: Missing the key p in the item"],
      },
      {
        itemS3Pointer: { bucket: Bucket, key: "wrong/text.json", itemIndex: 1 },
        importArn: description.ImportArn,
        errorMessages: ["The line is no JSON."],
      },
    ]);
  });
});
