// Marker and MaxItems, as every List operation of Lambda has them.

export type Page<Item> = { readonly items: Item[]; readonly next: string | undefined };

/** The marker is the key of the last item given. */
export function pageOf<Item>(
  all: readonly Item[],
  key: (item: Item) => string,
  request: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): Page<Item> {
  const limit = Math.min(request.MaxItems ?? 50, 50);
  const after =
    request.Marker === undefined || request.Marker === ""
      ? undefined
      : Buffer.from(request.Marker, "base64url").toString();
  const start = after === undefined ? 0 : all.findIndex((item) => key(item) === after) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return {
    items,
    next: last !== undefined && start + limit < all.length ? Buffer.from(key(last)).toString("base64url") : undefined,
  };
}

export function marker(next: string | undefined): { readonly NextMarker?: string } {
  return next === undefined ? {} : { NextMarker: next };
}
