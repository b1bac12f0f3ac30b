// Pages: a token says where the next one begins.

import { invalidNextToken } from "../errors.ts";

export function pageOf<Item>(
  items: readonly Item[],
  {
    MaxResults = 100,
    NextToken,
  }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly page: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const from =
    NextToken === undefined
      ? 0
      : Number(/^page:(\d+)$/.exec(Buffer.from(NextToken, "base64").toString("latin1"))?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw invalidNextToken();
  const to = from + MaxResults;
  return {
    page: items.slice(from, to),
    next: to < items.length ? { NextToken: Buffer.from(`page:${to}`).toString("base64") } : {},
  };
}
