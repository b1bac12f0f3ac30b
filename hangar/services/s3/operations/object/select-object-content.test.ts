// S3 Select through the SDK: formats in and out, compression, ranges, encryption, events and errors.

import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
  SelectObjectContentCommand,
  type SelectObjectContentCommandInput,
  type SelectObjectContentEventStream,
} from "@aws-sdk/client-s3";
import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "selected-here";
const PEOPLE = "name,age\nAnn,31\nBob,9\nCy,40\n";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ["NONE"] } }] },
    }),
  );
  await put("people.csv", PEOPLE);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function put(Key: string, Body: string | Uint8Array, more: object = {}): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

type Asked = Partial<SelectObjectContentCommandInput>;

async function select(Key: string, Expression: string, more: Asked = {}): Promise<SelectObjectContentEventStream[]> {
  const { Payload } = await s3.send(
    new SelectObjectContentCommand({
      Bucket,
      Key,
      Expression,
      ExpressionType: "SQL",
      InputSerialization: { CSV: { FileHeaderInfo: "USE" } },
      OutputSerialization: { CSV: {} },
      ...more,
    }),
  );
  const events: SelectObjectContentEventStream[] = [];
  for await (const event of Payload ?? []) events.push(event);
  return events;
}

const textOf = (events: readonly SelectObjectContentEventStream[]): string =>
  Buffer.concat(events.map((event) => event.Records?.Payload ?? new Uint8Array(0))).toString();

async function answer(Key: string, Expression: string, more: Asked = {}): Promise<string> {
  return textOf(await select(Key, Expression, more));
}

async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as { name: string; message: string };
  return [error.name, error.message];
}

const json = (Type: "LINES" | "DOCUMENT"): Asked => ({
  InputSerialization: { JSON: { Type } },
  OutputSerialization: { JSON: {} },
});

describe("a selection", () => {
  test("is told in records, statistics and an end", async () => {
    const events = await select("people.csv", "SELECT s.name FROM S3Object s WHERE s.age > 10", {
      RequestProgress: { Enabled: true },
    });
    expect(events.map((event) => Object.keys(event)[0])).toEqual(["Records", "Progress", "Stats", "End"]);
    expect(textOf(events)).toBe("Ann\nCy\n");
    expect(events.find((event) => event.Stats !== undefined)?.Stats?.Details).toEqual({
      BytesScanned: PEOPLE.length,
      BytesProcessed: PEOPLE.length,
      BytesReturned: 7,
    });
  });

  test("of CSV obeys its delimiters, quotes, comments and header", async () => {
    const CSV = {
      FieldDelimiter: ";",
      RecordDelimiter: "|",
      QuoteCharacter: "'",
      QuoteEscapeCharacter: "\\",
      Comments: "!",
    };
    await put("odd.csv", "a;b|!left out|'x;y';it\\'s|'it\\'s';2|");
    const options = { InputSerialization: { CSV: { ...CSV, FileHeaderInfo: "IGNORE" as const } } };
    expect(await answer("odd.csv", "SELECT _1, _2 FROM S3Object", options)).toBe("x;y,it\\'s\nit's,2\n");
    expect(
      await answer("odd.csv", "SELECT * FROM S3Object LIMIT 1", {
        ...options,
        OutputSerialization: {
          CSV: { QuoteFields: "ALWAYS", FieldDelimiter: "\t", RecordDelimiter: "\r\n", QuoteCharacter: "'" },
        },
      }),
    ).toBe("'x;y'\t'it\\\"'s'\r\n");
  });

  test("of CSV as JSON names its columns", async () => {
    const output = { OutputSerialization: { JSON: { RecordDelimiter: "," } } };
    expect(await answer("people.csv", "SELECT * FROM S3Object LIMIT 1", output)).toBe('{"name":"Ann","age":"31"},');
    const bare = { ...output, InputSerialization: { CSV: {} } };
    expect(await answer("people.csv", "SELECT * FROM S3Object LIMIT 1", bare)).toBe('{"_1":"name","_2":"age"},');
  });

  test("takes quoted record delimiters only where they are allowed", async () => {
    await put("quoted.csv", 'a,b\r\n"1\r\n2",3\r\n');
    expect((await failure(select("quoted.csv", "SELECT a FROM S3Object")))[0]).toBe("CSVEscapingRecordDelimiter");
    const InputSerialization = { CSV: { FileHeaderInfo: "USE" as const, AllowQuotedRecordDelimiter: true } };
    expect(await answer("quoted.csv", "SELECT a, b FROM S3Object", { InputSerialization })).toBe('"1\n2",3\n');
  });

  test("of JSON reads lines, and documents of any layout", async () => {
    await put("lines.json", '{"id":1,"tags":["a"]}\n\n{"id":2,"on":{"x":null}}\n');
    expect(await answer("lines.json", "SELECT s.id, s.tags[0] AS tag FROM S3Object s", json("LINES"))).toBe(
      '{"id":1,"tag":"a"}\n{"id":2}\n',
    );
    await put("document.json", '{\n  "rows": [\n {"id": 1, "s": "}\\"{"},\n {"id": 2} ]\n}\n{"rows":[{"id":3}]} 4');
    const asked = "SELECT * FROM S3Object[*].rows[*] r WHERE r.id <> 2";
    expect(await answer("document.json", asked, json("DOCUMENT"))).toBe('{"id":1,"s":"}\\"{"}\n{"id":3}\n');
    expect(
      await answer("document.json", "SELECT * FROM S3Object", {
        ...json("DOCUMENT"),
        OutputSerialization: { CSV: {} },
      }),
    ).toBe('"[{""id"":1,""s"":""}\\""{""},{""id"":2}]"\n"[{""id"":3}]"\n4\n');
  });

  test("unpacks GZIP, and counts both lengths", async () => {
    const packed = gzipSync(PEOPLE);
    await put("people.csv.gz", packed);
    const InputSerialization = { CSV: { FileHeaderInfo: "USE" as const }, CompressionType: "GZIP" as const };
    const events = await select("people.csv.gz", "SELECT COUNT(*) FROM S3Object", { InputSerialization });
    expect(textOf(events)).toBe("3\n");
    expect(events.at(-2)?.Stats?.Details).toEqual({
      BytesScanned: packed.length,
      BytesProcessed: PEOPLE.length,
      BytesReturned: 2,
    });
    expect(await failure(select("people.csv", "SELECT COUNT(*) FROM S3Object", { InputSerialization }))).toEqual([
      "InvalidCompressionFormat",
      "GZIP is not applicable to the queried object. Please correct the request and try again.",
    ]);
    await put("cut.gz", packed.subarray(0, 20));
    expect((await failure(select("cut.gz", "SELECT * FROM S3Object", { InputSerialization })))[0]).toBe(
      "TruncatedInput",
    );
    const BZIP2 = { ...InputSerialization, CompressionType: "BZIP2" as const };
    expect((await failure(select("cut.gz", "SELECT * FROM S3Object", { InputSerialization: BZIP2 })))[0]).toBe(
      "NotEmulated",
    );
  });

  test.each([
    [{ Start: 0, End: 9 }, "Ann\n"],
    [{ Start: 9, End: 16 }, "Ann\nBob\n"],
    [{ Start: 10, End: 21 }, "Bob\n"],
    [{ Start: 10, End: 15 }, ""],
    [{ Start: 17 }, "Cy\n"],
    [{ End: 7 }, "Cy\n"],
  ])("of %o has the records that begin there", async (ScanRange, expected) => {
    const bare = { ScanRange, InputSerialization: { CSV: { FileHeaderInfo: "USE" as const } } };
    // Ann begins at 9, Bob at 16, Cy at 22.
    expect(await answer("people.csv", "SELECT name FROM S3Object", bare)).toBe(expected);
  });

  test("runs over 100,000 records in pieces, and stops at its limit", async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index},${"x".repeat(20)}`);
    await put("long.csv", lines.join("\n"));
    const InputSerialization = { CSV: {} };
    const events = await select("long.csv", "SELECT _1 FROM S3Object", { InputSerialization });
    expect(events.filter((event) => event.Records !== undefined).length).toBeGreaterThan(5);
    expect(textOf(events)).toBe(lines.map((_, index) => `${index}\n`).join(""));
    const few = await select("long.csv", "SELECT _1 FROM S3Object LIMIT 3", { InputSerialization });
    expect([textOf(few), (few.at(-2)?.Stats?.Details?.BytesScanned ?? 0) < 1_000_000]).toEqual(["0\n1\n2\n", true]);
  });

  test("decrypts: with the customer's own key, which must be there", async () => {
    const key = { SSECustomerAlgorithm: "AES256", SSECustomerKey: Buffer.alloc(32, 7).toString("base64") };
    await put("secret.csv", PEOPLE, key);
    expect(await answer("secret.csv", "SELECT COUNT(*) FROM S3Object", key)).toBe("3\n");
    expect((await failure(select("secret.csv", "SELECT * FROM S3Object")))[0]).toBe("InvalidRequest");
  });
});

describe("Parquet", () => {
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "hangar-select-test-"));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const rows =
      "SELECT i AS id, 'n' || i AS name, {'x': [i, NULL]} AS deep, DATE '2026-01-02' AS day FROM range(5) t(i)";
    await connection.run(`COPY (${rows}) TO '${folder}/rows.parquet' (FORMAT parquet)`);
    connection.closeSync();
    await put("rows.parquet", await readFile(join(folder, "rows.parquet")));
    await rm(folder, { recursive: true });
  });

  const Parquet: Asked = { InputSerialization: { Parquet: {} }, OutputSerialization: { JSON: {} } };

  test("is read by DuckDB", async () => {
    expect(await answer("rows.parquet", "SELECT * FROM S3Object s WHERE s.id >= 4", Parquet)).toBe(
      '{"id":4,"name":"n4","deep":{"x":[4,null]},"day":"2026-01-02T00:00:00Z"}\n',
    );
    expect(await answer("rows.parquet", "SELECT SUM(s.deep.x[0]) FROM S3Object s", Parquet)).toBe('{"_1":10}\n');
  });

  test("that is none is an error", async () => {
    expect(await failure(select("people.csv", "SELECT * FROM S3Object", Parquet))).toEqual([
      "ParquetParsingError",
      "Error parsing Parquet file. Please check the file and try again.",
    ]);
  });
});

describe("a selection is refused", () => {
  test.each<[string, string, Asked, string]>([
    ["people.csv", "SELECT street FROM S3Object", {}, "MissingHeaders"],
    ["people.csv", "SELECT a.b FROM S3Object[*].c a", {}, "InvalidKeyPath"],
    ["none.csv", "SELECT * FROM S3Object", {}, "NoSuchKey"],
    ["people.csv", "SELECT * FROM S3Object", { InputSerialization: {} }, "MissingRequiredParameter"],
    [
      "people.csv",
      "SELECT * FROM S3Object",
      { InputSerialization: { CSV: {}, JSON: {} } },
      "ObjectSerializationConflict",
    ],
    ["people.csv", "SELECT * FROM S3Object", { OutputSerialization: {} }, "MissingRequiredParameter"],
    [
      "people.csv",
      "SELECT * FROM S3Object",
      { OutputSerialization: { CSV: { QuoteCharacter: "''" } } },
      "InvalidRequestParameter",
    ],
    ["people.csv", "SELECT * FROM S3Object", { ScanRange: { Start: 99 } }, "InvalidScanRange"],
    [
      "people.csv",
      "SELECT * FROM S3Object",
      { ...json("DOCUMENT"), ScanRange: { Start: 1 } },
      "UnsupportedScanRangeInput",
    ],
    ["people.csv", "SELECT * FROM S3Object", json("LINES"), "JSONParsingError"],
    ["people.csv", "SELECT * FROM S3Object", json("DOCUMENT"), "JSONParsingError"],
  ])("%s: %s %o", async (key, expression, more, code) => {
    expect((await failure(select(key, expression, more)))[0]).toBe(code);
  });

  test("where text is no UTF-8", async () => {
    await put("latin.csv", Buffer.concat([Buffer.from("a,b\nx,"), Buffer.from([0xe9]), Buffer.from("\n")]));
    expect(await failure(select("latin.csv", "SELECT * FROM S3Object"))).toEqual([
      "InvalidTextEncoding",
      "UTF-8 encoding is required. The text encoding error was found near byte 6.",
    ]);
  });

  test("where a record is over a mebibyte", async () => {
    await put("wide.csv", "x".repeat(1_100_000));
    expect((await failure(select("wide.csv", "SELECT * FROM S3Object")))[0]).toBe("OverMaxRecordSize");
  });

  test("within the stream once records have been sent", async () => {
    await put("late.csv", `a\n${"1\n".repeat(100_000)}x\n`);
    expect((await failure(select("late.csv", "SELECT CAST(a AS INT) FROM S3Object")))[1]).toContain("CAST failed");
  });

  test("to who may not read the object", async () => {
    const stranger = new S3Client({
      ...cloud.clientConfig(),
      credentials: { accessKeyId: "999999999999", secretAccessKey: "x" },
    });
    const asked = { Bucket, Key: "people.csv", ExpressionType: "SQL", Expression: "SELECT * FROM S3Object" } as const;
    const forms = { InputSerialization: { CSV: {} }, OutputSerialization: { CSV: {} } };
    expect((await failure(stranger.send(new SelectObjectContentCommand({ ...asked, ...forms }))))[0]).toBe(
      "AccessDenied",
    );
  });
});
