// Pages of lists: a token says after which key the next one begins.

import type { Table } from "../../../kernel/table.ts";
import { invalidParameter } from "../errors.ts";

export function pageOf<Row>(
  table: Table<Row>,
  prefix: string,
  { MaxResults, NextToken }: { readonly MaxResults: number; readonly NextToken?: string | undefined },
): { readonly rows: readonly (readonly [string, Row])[]; readonly next: { readonly NextToken?: string } } {
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, "base64url").toString();
  if (after !== undefined && !after.startsWith(prefix)) throw invalidParameter("Invalid NextToken");
  const rows: (readonly [string, Row])[] = [];
  for (const entry of table.range({ prefix, ...(after === undefined ? {} : { after }) })) {
    if (rows.length === MaxResults)
      return { rows, next: { NextToken: Buffer.from(rows.at(-1)?.[0] ?? "").toString("base64url") } };
    rows.push(entry);
  }
  return { rows, next: {} };
}
