// Pages of a listing: `NextToken` is the key to go on after.

import type { Table } from "../../../kernel/table.ts";
import { badRequest } from "../errors.ts";

const USUAL = 100;
const MOST = 500;

export type PageInput = { readonly MaxResults?: string | undefined; readonly NextToken?: string | undefined };

export function page<Row, Item>(
  rows: Table<Row>,
  { prefix = "" }: { readonly prefix?: string },
  { MaxResults, NextToken }: PageInput,
  answer: (row: Row) => Item,
): { readonly Items: readonly Item[]; readonly NextToken?: string } {
  const size = MaxResults === undefined ? USUAL : Number(MaxResults);
  if (!Number.isInteger(size) || size < 1 || size > MOST) throw badRequest("Invalid value for maxResults");
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, "base64").toString("utf8");
  const Items: Item[] = [];
  let last = "";
  for (const [place, row] of rows.range({ prefix, ...(after === undefined ? {} : { after }) })) {
    if (Items.length === size) return { Items, NextToken: Buffer.from(last).toString("base64") };
    Items.push(answer(row));
    last = place;
  }
  return { Items };
}
