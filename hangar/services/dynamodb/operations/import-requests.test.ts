// What imports may be asked for: wrong items and files, tokens, names, lists and refusals, through the real clients.

import {
  DescribeImportCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListImportsCommand,
  type ImportTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { Bucket, all, ask, counts, done, input, line, parameters, upload } from "../test-imports.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let s3: S3Client;

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
    await upload(s3, `hostile/${name}.json`, body);
    const description = await done({ cloud, client }, input(`Hostile-${name}`, `hostile/${name}.json`));
    expect(counts(description)).toEqual(["FAILED", "ItemValidationError", 0, 1, 1]);
    expect(await all(client, `Hostile-${name}`)).toEqual([]);
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
    await upload(s3, `packed/${name}`, body);
    const before = process.memoryUsage().arrayBuffers;
    const description = await done(
      { cloud, client },
      input(`Packed-${name}`, `packed/${name}`, { InputCompressionType }),
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
    expect(description).toMatchObject({ ImportStatus: "FAILED", FailureCode: "ItemValidationError", ErrorCount: 1 });
    if (imported !== undefined) expect(description.ImportedItemCount).toBe(imported);
    else expect(description.ImportedItemCount).toBeGreaterThan(0);
    expect(description.ProcessedSizeBytes ?? 0).toBeLessThan(10_000_000);
  });

  test("a bucket that is not there leaves no table, one without objects an empty one", async () => {
    const description = await done(
      { cloud, client },
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
    expect(counts(await done({ cloud, client }, input("Empty", "nothing-here/")))).toEqual([
      "COMPLETED",
      undefined,
      0,
      0,
      0,
    ]);
    expect(await all(client, "Empty")).toEqual([]);
  });

  test("a token is one import, whatever else is asked with it; another table is a conflict", async () => {
    await upload(s3, "token.json", line("a", 1));
    const given = input("Token", "token.json", { ClientToken: "once" });
    const [first, again, changed] = await Promise.all([
      ask(client, given),
      ask(client, given),
      ask(client, { ...given, S3BucketSource: { S3Bucket: "some-other-bucket" } }),
    ]);
    expect(again.ImportArn).toBe(first.ImportArn);
    expect(changed).toMatchObject({ ImportArn: first.ImportArn, S3BucketSource: { S3Bucket: Bucket } });
    await expect(ask(client, { ...given, TableCreationParameters: parameters("Other") })).rejects.toMatchObject({
      name: "ImportConflictException",
      message: "Import conflict: Duplicate request detected with conflicting parameters",
    });
    await cloud.settle();
    await expect(ask(client, given)).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: "Table already exists: Token",
    });
  });

  test("of two imports into one name the later to end fails", async () => {
    await upload(s3, "race.json", line("a", 1));
    const asked = await Promise.all([ask(client, input("Race", "race.json")), ask(client, input("Race", "race.json"))]);
    await cloud.settle();
    const ends = await Promise.all(
      asked.map(async ({ ImportArn }) => {
        const { ImportTableDescription } = await client.send(new DescribeImportCommand({ ImportArn }));
        return ImportTableDescription?.FailureCode ?? ImportTableDescription?.ImportStatus;
      }),
    );
    expect(new Set(ends)).toEqual(new Set(["COMPLETED", "TableAlreadyExists"]));
    expect(await all(client, "Race")).toHaveLength(1);
  });

  test("imports are listed newest first, a page at a time", async () => {
    await upload(s3, "plain/data.json", line("a", 1));
    await done({ cloud, client }, input("Plain", "plain/"));
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
    await expect(ask(client, input("Refused", "x", more))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });

  test.each([
    ["arn:aws:dynamodb:us-east-1:000000000000:table/x/import/01658528578619-c4d4e311", "ValidationException"],
    ["arn:aws:dynamodb:us-east-1:000000000000:table/SomeTable", "ValidationException"],
    ["arn:aws:dynamodb:us-east-1:000000000000:table/Nope/import/01658528578619-c4d4e311", "ImportNotFoundException"],
  ])("DescribeImport of %s is a %s", async (ImportArn, name) => {
    await expect(client.send(new DescribeImportCommand({ ImportArn }))).rejects.toMatchObject({ name });
  });
});
