// The list of an inventory as Parquet, written by DuckDB to a file and read from there.

import { createReadStream } from "node:fs";
import { tableColumns } from "../rules/inventory-columns.ts";
import { openWorkshop } from "./duckdb.ts";

export async function* parquetList(
  names: readonly string[],
  rows: Iterable<readonly string[]>,
): AsyncGenerator<Uint8Array> {
  const workshop = await openWorkshop("S3 Inventory in Parquet");
  try {
    const { connection, file } = workshop;
    await connection.run(`CREATE TABLE inventory (${tableColumns(names)})`);
    const appender = await connection.createAppender("inventory");
    for (const row of rows) {
      for (const value of row) {
        if (value === "") appender.appendNull();
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
    await connection.run(`COPY inventory TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`);
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array;
  } finally {
    await workshop.close();
  }
}
