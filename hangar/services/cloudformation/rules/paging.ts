// NextToken: the position after the last item of a page.

import { invalid } from "../errors.ts";

/** One page of `items`; a list that fits has no token. */
export function pageOf<Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
): { readonly items: readonly Item[]; readonly next?: string } {
  const from = token === undefined || token === "" ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalid("Invalid token");
  const page = items.slice(from, from + size);
  return from + size < items.length ? { items: page, next: String(from + size) } : { items: page };
}
