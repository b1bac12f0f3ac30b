// Pages of a listing: `position` is the key to go on after.

const USUAL = 25;
const MOST = 500;

export type PageInput = { readonly position?: string | undefined; readonly limit?: number | undefined };

/** `entries` are in order, each with the text that names its place. */
export function page<Item>(
  entries: readonly (readonly [string, Item])[],
  { position, limit }: PageInput,
): { readonly items: readonly Item[]; readonly position?: string } {
  const after = position === undefined ? undefined : Buffer.from(position, "base64").toString("utf8");
  const from = after === undefined ? 0 : entries.findIndex(([place]) => place === after) + 1;
  const size = Math.min(limit === undefined || limit <= 0 ? USUAL : limit, MOST);
  const taken = entries.slice(from, from + size);
  const last = taken.at(-1);
  const items = taken.map(([, item]) => item);
  if (last === undefined || from + size >= entries.length) return { items };
  return { items, position: Buffer.from(last[0]).toString("base64") };
}
