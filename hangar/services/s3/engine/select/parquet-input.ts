// Records of a Parquet object, read by DuckDB from a copy of it: the format begins at its end, so it cannot be read as it streams.

import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsError } from "../../../../kernel/aws-error.ts";
import { fault } from "../../rules/select/faults.ts";
import { Timestamp } from "../../rules/select/timestamps.ts";
import type { Value } from "../../rules/select/values.ts";
import { openWorkshop } from "../duckdb.ts";

export async function* parquetRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Value[]> {
  const workshop = await openWorkshop("S3 Select of Parquet");
  try {
    await pipeline(Readable.from(source), createWriteStream(workshop.file, { mode: 0o600 }));
    const result = await workshop.connection.stream("SELECT * FROM read_parquet($1)", [workshop.file]);
    for await (const rows of result.yieldRowObjectJs()) yield rows.map(valueOf);
  } catch (error) {
    // DuckDB's own errors are of the file: the statement is ours.
    if (error instanceof AwsError || !(error instanceof Error) || "code" in error) throw error;
    throw fault("ParquetParsingError");
  } finally {
    await workshop.close();
  }
}

function valueOf(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
  if (value instanceof Date) return new Timestamp(value.getTime());
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (Array.isArray(value)) return value.map(valueOf);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, valueOf(each)]));
}
