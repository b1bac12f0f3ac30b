// Pages, as Limit and Marker ask.

import { invalidMarker } from "../errors.ts";

export type PageInput = { readonly Limit?: number | undefined; readonly Marker?: string | undefined };

export function pageOf<Item>(
  items: readonly Item[],
  { Limit = 100, Marker }: PageInput,
): { readonly page: readonly Item[]; readonly next: { readonly Truncated: boolean; readonly NextMarker?: string } } {
  const from =
    Marker === undefined
      ? 0
      : Number(/^after:(\d+)$/.exec(Buffer.from(Marker, "base64").toString("latin1"))?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw invalidMarker();
  const to = from + Limit;
  const next =
    to < items.length
      ? { Truncated: true, NextMarker: Buffer.from(`after:${to}`).toString("base64") }
      : { Truncated: false };
  return { page: items.slice(from, to), next };
}
