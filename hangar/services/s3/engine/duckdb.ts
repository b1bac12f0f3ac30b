// DuckDB, where it is installed: an optional peer of Hangar, which reads and writes Parquet.

import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notEmulated } from "../../../kernel/aws-error.ts";

export type Workshop = {
  readonly connection: DuckDBConnection;
  /** Of the one file that the database can reach, beside nothing else of the machine or the network. */
  readonly file: string;
  close(): Promise<void>;
};

/** `what` is said not to be emulated where DuckDB is missing. */
export async function findDuckdb(what: string): Promise<typeof DuckDBInstance> {
  try {
    return (await import("@duckdb/node-api")).DuckDBInstance;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw notEmulated(`${what} without DuckDB (npm install --save-dev @duckdb/node-api)`);
  }
}

/** A database in memory and a folder for its file, both gone when it is closed. */
export async function openWorkshop(what: string): Promise<Workshop> {
  const Database = await findDuckdb(what);
  const folder = await mkdtemp(join(tmpdir(), "hangar-parquet-"));
  const file = join(folder, "rows.parquet");
  const instance = await Database.create(":memory:", { autoinstall_known_extensions: "false" });
  const connection = await instance.connect();
  await connection.run(`SET allowed_paths = ['${file.replaceAll("'", "''")}']`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
  return {
    connection,
    file,
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
