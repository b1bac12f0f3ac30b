// What a query reads: the object's bytes, unpacked, cut to the scan range, as records.

import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CSVInput, InputSerialization, ScanRange } from "../../../../models/s3.d.ts";
import { fault, invalidCompression } from "../../rules/select/faults.ts";
import type { Value } from "../../rules/select/values.ts";
import { csvRecords, RECORD_DELIMITER } from "./csv-input.ts";
import { parquetRecords } from "./parquet-input.ts";
import { beginningWithin, delimited, documents } from "./records.ts";
import type { Counts } from "./run.ts";

type Source = AsyncIterable<Uint8Array>;
/** The object's bytes from one position up to but without another. */
export type Read = (start: number, end: number) => Source;
export type Input = {
  readonly form: InputSerialization;
  readonly range: ScanRange | undefined;
  readonly size: number;
  readonly read: Read;
};

export function recordsOf(input: Input, counts: Counts): AsyncIterable<readonly Value[]> {
  const { CSV: csv, JSON: json } = input.form;
  if (csv !== undefined) return csvOf(input, csv, counts);
  const bytes = bytesOf(input, RECORD_DELIMITER, counts);
  if (json === undefined) return parquetRecords(bytes);
  return jsonRecords(json.Type?.toUpperCase() === "LINES" ? delimited(bytes, RECORD_DELIMITER) : documents(bytes));
}

async function* csvOf(input: Input, csv: CSVInput, counts: Counts): AsyncGenerator<readonly Value[]> {
  const delimiter = csv.RecordDelimiter ?? RECORD_DELIMITER;
  const header = spanOf(input).start === 0 ? undefined : await firstRecord(input, delimiter);
  yield* csvRecords(delimited(bytesOf(input, delimiter, counts), delimiter), csv, header);
}

async function firstRecord({ read, size }: Input, delimiter: string): Promise<string> {
  for await (const [first] of delimited(read(0, size), delimiter)) if (first !== undefined) return first;
  return "";
}

/** Both ends count. Without a start, the range is that many bytes at the end. */
function spanOf({ range, size }: Pick<Input, "range" | "size">): { readonly start: number; readonly end: number } {
  const { Start: start, End: end } = range ?? {};
  if (start === undefined && end !== undefined) return { start: Math.max(size - end, 0), end: size };
  return { start: start ?? 0, end: end ?? size };
}

function bytesOf(input: Input, delimiter: string, counts: Counts): Source {
  const { start, end } = spanOf(input);
  const from = Math.max(start - Buffer.byteLength(delimiter), 0);
  const read = counted(input.read(from, input.size), counts, "scanned");
  const ranged = input.range === undefined ? read : beginningWithin(read, delimiter, { from, start, end });
  return counted(input.form.CompressionType === "GZIP" ? gunzipped(ranged) : ranged, counts, "processed");
}

async function* counted(source: Source, counts: Counts, which: keyof Counts): Source & AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    counts[which] += chunk.length;
    yield chunk;
  }
}

async function* gunzipped(source: Source): AsyncGenerator<Uint8Array> {
  const gunzip = pipeline(Readable.from(source), createGunzip(), () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw fault("TruncatedInput");
    throw code?.startsWith("Z_") === true ? invalidCompression("GZIP") : error;
  }
}

async function* jsonRecords(texts: AsyncIterable<readonly string[]>): AsyncGenerator<readonly Value[]> {
  for await (const batch of texts) yield batch.filter((text) => text.trim() !== "").map(parsed);
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw fault("JSONParsingError");
  }
}

/** One format each way, and no range where records cannot be told from the middle of an object. */
export function checkInput(form: InputSerialization, range: ScanRange | undefined, size: number): void {
  const { CSV: csv, JSON: json, Parquet: parquet, CompressionType: compression = "NONE" } = form;
  const formats = [csv, json, parquet].filter((format) => format !== undefined);
  if (formats.length === 0) throw fault("MissingRequiredParameter");
  if (formats.length > 1) throw fault("ObjectSerializationConflict");
  if (json !== undefined && json.Type === undefined) throw fault("InvalidJsonType");
  if (compression === "BZIP2" && parquet === undefined) throw notEmulated("BZIP2 in S3 Select");
  if (parquet !== undefined && compression !== "NONE") throw fault("InvalidRequestParameter");
  if (csv !== undefined) checkCsv(csv);
  if (range !== undefined) checkRange(form, range, size);
}

function checkCsv(csv: CSVInput): void {
  const single = [csv.FieldDelimiter, csv.QuoteCharacter, csv.QuoteEscapeCharacter, csv.Comments];
  const fits = single.every((each) => each === undefined || each.length <= 1) && csv.FieldDelimiter !== "";
  const { RecordDelimiter: delimiter = RECORD_DELIMITER } = csv;
  if (!fits || delimiter === "" || delimiter.length > 2) throw fault("InvalidRequestParameter");
}

function checkRange(form: InputSerialization, { Start: start, End: end }: ScanRange, size: number): void {
  if (form.Parquet !== undefined) throw notEmulated("ScanRange of Parquet in S3 Select");
  const whole = form.JSON !== undefined && form.JSON.Type?.toUpperCase() !== "LINES";
  const packed = form.CompressionType !== undefined && form.CompressionType !== "NONE";
  if (whole || packed || form.CSV?.AllowQuotedRecordDelimiter === true) throw fault("UnsupportedScanRangeInput");
  const negative = (start ?? 0) < 0 || (end ?? 0) < 0;
  if (negative || (start === undefined && end === undefined)) throw fault("InvalidScanRange");
  if (start !== undefined && (start >= Math.max(size, 1) || (end !== undefined && end < start))) {
    throw fault("InvalidScanRange");
  }
}
