// Lists a hundred at a time; the token is the place to go on from, not readable for callers.

const PAGE = 100;

export function pageOf<Item>(
  items: readonly Item[],
  token: string | undefined,
  size = PAGE,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : Number(Buffer.from(token, "base64").toString("utf8").slice(2)) || 0;
  const to = from + size;
  return {
    items: items.slice(from, to),
    next: to < items.length ? Buffer.from(`p.${to}`).toString("base64") : undefined,
  };
}
