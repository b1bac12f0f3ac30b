// Lists in pages: the token is the place to go on from, not readable for callers.

export function pageOf<Item>(
  items: readonly Item[],
  limit: number | undefined,
  token: string | undefined,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const from = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString()) || 0;
  const to = from + (limit ?? 100);
  return {
    items: items.slice(from, to),
    next: to < items.length ? Buffer.from(String(to)).toString("base64url") : undefined,
  };
}
