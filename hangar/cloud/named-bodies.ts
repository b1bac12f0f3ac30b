// Which bodies the rows of some worlds name: every text in a row that looks like a blob's name counts as one.

import { BLOB_NAMES } from "../kernel/blob-naming.ts";
import type { Table } from "../kernel/table.ts";
import type { World } from "./world.ts";

const LENGTH = 64;

/** Errs on the side of keeping: no service can forget to say where it keeps hashes. */
export function namedBodies(worlds: readonly World[]): ReadonlySet<string> {
  const named = new Set<string>();
  // Forks share most rows.
  const seen = new Set<unknown>();
  for (const row of rowsOf(worlds)) {
    if (seen.has(row)) continue;
    if (worlds.length > 1) seen.add(row);
    collect(row, named);
  }
  return named;
}

/** Those that the rows of some tables name. */
export function namedIn(tables: readonly Table<unknown>[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const table of tables) for (const row of table.rows()) collect(row, named);
  return named;
}

function* rowsOf(worlds: readonly World[]): Generator<unknown> {
  for (const world of worlds) for (const path of world.paths()) yield* world.table<unknown>(path).rows();
}

function collect(value: unknown, named: Set<string>): void {
  if (typeof value === "string") {
    if (value.length >= LENGTH) for (const [name] of value.matchAll(BLOB_NAMES)) named.add(name);
  } else if (Array.isArray(value)) {
    for (const member of value) collect(member, named);
  } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
    for (const name in value) collect((value as Readonly<Record<string, unknown>>)[name], named);
  }
}
