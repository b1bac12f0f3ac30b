// Tables made of what lies in a bucket, well-meant or not, through the real clients.

import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  ListImportsCommand,
  QueryCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
  type AttributeValue,
  type ImportTableCommandInput,
  type ImportTableDescription,
  type TableCreationParameters,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let s3: S3Client;

const Bucket = "table-imports";
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

const upload = (Key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const parameters = (TableName: string, more: Partial<TableCreationParameters> = {}): TableCreationParameters => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "p", AttributeType: "S" },
    { AttributeName: "c", AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: "p", KeyType: "HASH" },
    { AttributeName: "c", KeyType: "RANGE" },
  ],
  ...more,
});
const input = (
  TableName: string,
  S3KeyPrefix: string,
  more: Partial<ImportTableCommandInput> = {},
): ImportTableCommandInput => ({
  S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix },
  InputFormat: "DYNAMODB_JSON",
  TableCreationParameters: parameters(TableName),
  ...more,
});
async function ask(given: ImportTableCommandInput): Promise<ImportTableDescription> {
  return (await client.send(new ImportTableCommand(given))).ImportTableDescription ?? {};
}
async function done(given: ImportTableCommandInput): Promise<ImportTableDescription> {
  const { ImportArn } = await ask(given);
  await cloud.settle();
  return (await client.send(new DescribeImportCommand({ ImportArn }))).ImportTableDescription ?? {};
}
const counts = ({
  ImportStatus,
  FailureCode,
  ImportedItemCount,
  ErrorCount,
  ProcessedItemCount,
}: ImportTableDescription) => [ImportStatus, FailureCode, ImportedItemCount, ErrorCount, ProcessedItemCount];
async function all(TableName: string): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
const line = (p: string, c: number, more = "") => `{"Item":{"p":{"S":"${p}"},"c":{"N":"${c}"}${more}}}`;

describe("ImportTable", () => {
  test("makes the table that it is asked for, and says what it did", async () => {
    const bodies = [`${line("a", 1)}\n   \n\n${line("a", 2)}\n`, line("b", 1, ',"g":{"S":"x"}')];
    for (const [number, body] of bodies.entries()) await upload(`plain/${number}.json`, body);
    await upload("plain/empty.json", "");
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
    const asked = await ask(given);
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
        input(`Back-${format}`, folder, { InputFormat: format, InputCompressionType: "GZIP" }),
      );
      expect(counts(description)).toEqual(["COMPLETED", undefined, 60, 0, 60]);
      expect(inOrder(await all(`Back-${format}`))).toEqual(inOrder(await all("Source")));
    });

    test("and as CSV, as far as that has types", async () => {
      const rows = items.map(({ p, c, text }) => `${p?.S},${c?.N},"${text?.S?.replaceAll('"', '""')}"`);
      await upload("csv/all.csv.zst", zstdCompressSync(`p,c,text\r\n${rows.join("\r\n")}\r\n`));
      const description = await done(input("Back-CSV", "csv/", { InputFormat: "CSV", InputCompressionType: "ZSTD" }));
      expect(counts(description)).toEqual(["COMPLETED", undefined, 60, 0, 60]);
      expect(inOrder(await all("Back-CSV"))).toEqual(items.map(({ p, c, text }) => ({ p, c, text })));
    });
  });

  test("CSV with a delimiter and headers of its own", async () => {
    await upload("semicolons.csv", "x;1;one\ny;2;\n");
    const InputFormatOptions = { Csv: { Delimiter: ";", HeaderList: ["p", "c", "v"] } };
    const description = await done(input("Semicolons", "semicolons.csv", { InputFormat: "CSV", InputFormatOptions }));
    expect(description).toMatchObject({ ImportStatus: "COMPLETED", ImportedItemCount: 2, InputFormatOptions });
    expect(await all("Semicolons")).toEqual(
      expect.arrayContaining([
        { p: { S: "x" }, c: { N: "1" }, v: { S: "one" } },
        { p: { S: "y" }, c: { N: "2" } },
      ]),
    );
  });

  test("items that share a key are all counted, and one of them is there", async () => {
    await upload("twice.json", `${line("a", 1)}\n${line("a", 1)}`);
    expect(counts(await done(input("Twice", "twice.json")))).toEqual(["COMPLETED", undefined, 2, 0, 2]);
    expect(await all("Twice")).toHaveLength(1);
  });

  test("a wrong item is left out, an unreadable line ends its object; the table keeps the rest", async () => {
    await upload("wrong/key.json", [line("a", 1), '{"Item":{"c":{"N":"1"}}}', line("a", 2)].join("\n"));
    await upload("wrong/text.json", [line("b", 1), '{"Item": ', line("b", 2)].join("\n"));
    const description = await done(input("Wrong", "wrong/"));
    expect(description).toMatchObject({ FailureCode: "ItemValidationError", FailureMessage: NOT_ALL });
    expect(counts(description)).toEqual(["FAILED", "ItemValidationError", 3, 2, 5]);
    expect(await all("Wrong")).toHaveLength(3);
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

  const deep = (levels: number) => `${'{"L":['.repeat(levels)}{"S":"x"}${"]}".repeat(levels)}`;
  test.each([
    ["no Item member", '{"NotAnItem":{}}'],
    ["no sort key", '{"Item":{"p":{"S":"x"}}}'],
    ["a sort key of the wrong type", '{"Item":{"p":{"S":"x"},"c":{"S":"1"}}}'],
    ["an attribute without a name", line("x", 1, ',"":{"S":"v"}')],
    ["an empty key", line("", 1)],
    ["a number too large", line("x", 1, ',"n":{"N":"1e999999999"}')],
    ["an item too large", line("x", 1, `,"n":{"S":"${"x".repeat(410_000)}"}`)],
    ["too many levels", line("x", 1, `,"n":${deep(40)}`)],
    ["far too many levels", line("x", 1, `,"n":${deep(100_000)}`)],
    ["brackets without end", "[".repeat(3_000_000)],
    ["a line too long", "x".repeat(5_000_000)],
    ["no text at all", new Uint8Array([0, 255, 254, 10, 128, 10])],
  ])("%s is one error", async (what, body) => {
    const name = what.replaceAll(" ", "-");
    await upload(`hostile/${name}.json`, body);
    const description = await done(input(`Hostile-${name}`, `hostile/${name}.json`));
    expect(counts(description)).toEqual(["FAILED", "ItemValidationError", 0, 1, 1]);
    expect(await all(`Hostile-${name}`)).toEqual([]);
  });

  const whole = Buffer.from(`${line("a", 1)}\n`);
  const many = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${line("a", index)}\n`).join(""));
  test.each([
    ["GZIP", "no gzip", whole, 0],
    ["ZSTD", "no zstd", whole, 0],
    ["GZIP", "a torn gzip", gzipSync(many).subarray(0, 30_000), undefined],
    ["GZIP", "a gzip of one endless line", gzipSync(Buffer.alloc(200_000_000)), 0],
    ["ZSTD", "a zstd of one endless line", zstdCompressSync(Buffer.alloc(200_000_000)), 0],
  ] as const)("%s: %s is one error", async (InputCompressionType, what, body, imported) => {
    const name = what.replaceAll(" ", "-");
    await upload(`packed/${name}`, body);
    const before = process.memoryUsage().arrayBuffers;
    const description = await done(input(`Packed-${name}`, `packed/${name}`, { InputCompressionType }));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
    expect(description).toMatchObject({ ImportStatus: "FAILED", FailureCode: "ItemValidationError", ErrorCount: 1 });
    if (imported !== undefined) expect(description.ImportedItemCount).toBe(imported);
    else expect(description.ImportedItemCount).toBeGreaterThan(0);
    expect(description.ProcessedSizeBytes ?? 0).toBeLessThan(10_000_000);
  });

  test("a bucket that is not there leaves no table, one without objects an empty one", async () => {
    const description = await done(
      input("Nowhere", "", { S3BucketSource: { S3Bucket: "no-such-bucket-here", S3KeyPrefix: "x" } }),
    );
    expect(description).toMatchObject({
      ImportStatus: "FAILED",
      FailureCode: "S3NoSuchBucket",
      FailureMessage: expect.stringMatching(
        /^The specified bucket does not exist \(Service: Amazon S3; Status Code: 404; /,
      ),
      TableId: expect.any(String),
    });
    await expect(client.send(new DescribeTableCommand({ TableName: "Nowhere" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    expect(counts(await done(input("Empty", "nothing-here/")))).toEqual(["COMPLETED", undefined, 0, 0, 0]);
    expect(await all("Empty")).toEqual([]);
  });

  test("a token is one import, whatever else is asked with it; another table is a conflict", async () => {
    await upload("token.json", line("a", 1));
    const given = input("Token", "token.json", { ClientToken: "once" });
    const [first, again, changed] = await Promise.all([
      ask(given),
      ask(given),
      ask({ ...given, S3BucketSource: { S3Bucket: "some-other-bucket" } }),
    ]);
    expect(again.ImportArn).toBe(first.ImportArn);
    expect(changed).toMatchObject({ ImportArn: first.ImportArn, S3BucketSource: { S3Bucket: Bucket } });
    await expect(ask({ ...given, TableCreationParameters: parameters("Other") })).rejects.toMatchObject({
      name: "ImportConflictException",
      message: "Import conflict: Duplicate request detected with conflicting parameters",
    });
    await cloud.settle();
    await expect(ask(given)).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: "Table already exists: Token",
    });
  });

  test("of two imports into one name the later to end fails", async () => {
    await upload("race.json", line("a", 1));
    const asked = await Promise.all([ask(input("Race", "race.json")), ask(input("Race", "race.json"))]);
    await cloud.settle();
    const ends = await Promise.all(
      asked.map(async ({ ImportArn }) => {
        const { ImportTableDescription } = await client.send(new DescribeImportCommand({ ImportArn }));
        return ImportTableDescription?.FailureCode ?? ImportTableDescription?.ImportStatus;
      }),
    );
    expect(new Set(ends)).toEqual(new Set(["COMPLETED", "TableAlreadyExists"]));
    expect(await all("Race")).toHaveLength(1);
  });

  test("imports are listed newest first, a page at a time", async () => {
    const TableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Plain";
    const listed = await client.send(new ListImportsCommand({ TableArn }));
    expect(listed.ImportSummaryList).toEqual([
      {
        ImportArn: expect.stringContaining(`${TableArn}/import/`),
        ImportStatus: "COMPLETED",
        TableArn,
        S3BucketSource: { S3Bucket: Bucket, S3BucketOwner: "000000000000", S3KeyPrefix: "plain/" },
        CloudWatchLogGroupArn: expect.stringContaining(":log-group:/aws-dynamodb/imports:*"),
        InputFormat: "DYNAMODB_JSON",
        StartTime: expect.any(Date),
        EndTime: expect.any(Date),
      },
    ]);
    const arns: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListImportsCommand({ PageSize: 7, NextToken }));
      arns.push(...(page.ImportSummaryList ?? []).map(({ ImportArn }) => ImportArn?.split("/").at(-1) ?? ""));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(arns.length).toBeGreaterThan(14);
    expect(new Set(arns).size).toBe(arns.length);
    expect(arns).toEqual(arns.toSorted((left, right) => (left < right ? 1 : -1)));
    await expect(client.send(new ListImportsCommand({ NextToken: "0".repeat(112) }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test.each<[string, Partial<ImportTableCommandInput>, string]>([
    [
      "options of another format",
      { InputFormatOptions: { Csv: { Delimiter: "," } } },
      "Invalid Request: Unsupported InputFormatOptions for the given input format: DYNAMODB_JSON.",
    ],
    [
      "no throughput",
      { TableCreationParameters: parameters("Refused", { BillingMode: undefined }) },
      "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    ],
  ])("refuses %s", async (_what, more, message) => {
    await expect(ask(input("Refused", "x", more))).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test.each([
    ["arn:aws:dynamodb:us-east-1:000000000000:table/x/import/01658528578619-c4d4e311", "ValidationException"],
    ["arn:aws:dynamodb:us-east-1:000000000000:table/SomeTable", "ValidationException"],
    ["arn:aws:dynamodb:us-east-1:000000000000:table/Nope/import/01658528578619-c4d4e311", "ImportNotFoundException"],
  ])("DescribeImport of %s is a %s", async (ImportArn, name) => {
    await expect(client.send(new DescribeImportCommand({ ImportArn }))).rejects.toMatchObject({ name });
  });
});
