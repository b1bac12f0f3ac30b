// Pages of lists: tokens that say after which key the next one begins.

import type { Table } from "../../../kernel/table.ts";
import { invalidParameter } from "../errors.ts";

export type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | undefined };

export type Asked<Row> = {
  readonly prefix: string;
  readonly most: number;
  readonly token: string | undefined;
  readonly keep?: (row: Row) => boolean;
};

/** The rows under a prefix, as many as are asked for. */
export function pageOf<Row>(table: Table<Row>, asked: Asked<Row>): Page<Row> {
  const { rows, next } = entriesOf(table, asked);
  return { rows: rows.map(([, row]) => row), next };
}

/** What follows the prefix in their keys. */
export function keysPage<Row>(table: Table<Row>, asked: Asked<Row>): Page<string> {
  const { rows, next } = entriesOf(table, asked);
  return { rows: rows.map(([key]) => key.slice(asked.prefix.length)), next };
}

function entriesOf<Row>(table: Table<Row>, { prefix, most, token, keep }: Asked<Row>): Page<readonly [string, Row]> {
  const rows: [string, Row][] = [];
  const after = token === undefined ? undefined : afterOf(token, prefix);
  for (const entry of table.range({ prefix, ...(after === undefined ? {} : { after }) })) {
    if (keep !== undefined && !keep(entry[1])) continue;
    if (rows.length === most) return { rows, next: Buffer.from(rows.at(-1)?.[0] ?? "").toString("base64url") };
    rows.push(entry);
  }
  return { rows, next: undefined };
}

function afterOf(token: string, prefix: string): string {
  const key = Buffer.from(token, "base64url").toString();
  if (!key.startsWith(prefix) || Buffer.from(key).toString("base64url") !== token)
    throw invalidParameter("Invalid pagination token");
  return key;
}

/** Without the member where nothing follows. */
export function withNext<Name extends string>(
  name: Name,
  next: string | undefined,
): { readonly [each in Name]?: string } {
  return (next === undefined ? {} : { [name]: next }) as { readonly [each in Name]?: string };
}
