// A page of a list: its token is where the next begins.

type Asked = { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined };

export function pageOf<Row>(
  rows: readonly Row[],
  { nextToken, maxResults = 100 }: Asked,
): { readonly page: Row[]; readonly next: { readonly nextToken?: string } } {
  const from = Number(nextToken ?? 0);
  const to = from + maxResults;
  return { page: rows.slice(from, to), next: to < rows.length ? { nextToken: String(to) } : {} };
}
