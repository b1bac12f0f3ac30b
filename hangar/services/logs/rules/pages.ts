// Pages of short listings: a token names the last item of the page before.

import { keyOfPageToken, pageToken } from "./event-id.ts";

type Asked = { readonly nextToken?: string | undefined; readonly limit?: number | undefined };

const USUAL = 50;

/** `name` is what the items are ordered by. */
export function pageOf<Item>(
  items: Iterable<Item>,
  { nextToken, limit = USUAL }: Asked,
  name: (item: Item) => string,
): { readonly page: readonly Item[]; readonly next: { readonly nextToken?: string } } {
  const all = [...items];
  const after = keyOfPageToken(nextToken);
  const from = after === undefined ? 0 : all.findIndex((item) => name(item) === after) + 1;
  const page = all.slice(from, from + limit);
  const last = page.at(-1);
  const more = last !== undefined && from + limit < all.length;
  return { page, next: more ? { nextToken: pageToken(name(last)) } : {} };
}
