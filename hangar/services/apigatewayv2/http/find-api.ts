// Where in a world an API lives: known by its id alone, for addresses name neither account nor always a region.

import type { World } from "../../../cloud/world.ts";

export type Place = { readonly account: string; readonly region: string };

const PATH = /^apigatewayv2\/([^/]+)\/([^/]+)\/apis$/;
const PLACES = "apigatewayv2.places";

/** Tables of APIs are few, and a world has them for good: looked for again only when one may have come. */
type Places = { tables: number; readonly found: Map<string, Place> };

export function placeOf(world: World, apiId: string, region: string | undefined): Place | undefined {
  for (const [path, place] of placesIn(world))
    if ((region === undefined || place.region === region) && world.table(path).has(apiId)) return place;
  return undefined;
}

function placesIn(world: World): ReadonlyMap<string, Place> {
  let places = world.attachments.get(PLACES) as Places | undefined;
  if (places === undefined) {
    places = { tables: -1, found: new Map() };
    world.attachments.set(PLACES, places);
  }
  if (places.tables !== world.tableCount) {
    places.tables = world.tableCount;
    for (const path of world.paths()) {
      const [, account, region] = PATH.exec(path) ?? [];
      if (account !== undefined && region !== undefined) places.found.set(path, { account, region });
    }
  }
  return places.found;
}
