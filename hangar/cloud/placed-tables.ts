// Where in a world a service keeps its tables of one name: for what is known by a name alone, in any account and region.

import type { World } from "./world.ts";

type TablePlace = { readonly account: string; readonly region: string };

/** Tables are few, and a world has them for good: looked for again only when one may have come. */
type Found = { tables: number; readonly places: Map<string, TablePlace> };

/** By the path of the table. `tables` is `<service>/<table>`. */
function placedTables(world: World, tables: `${string}/${string}`): ReadonlyMap<string, TablePlace> {
  const kept = `places of ${tables}`;
  let found = world.attachments.get(kept) as Found | undefined;
  if (found === undefined) world.attachments.set(kept, (found = { tables: -1, places: new Map() }));
  if (found.tables !== world.tableCount) {
    found.tables = world.tableCount;
    const [service, table] = tables.split("/");
    for (const path of world.paths()) {
      const [of, account, region, name] = path.split("/");
      if (of === service && name === table && account !== undefined && region !== undefined)
        found.places.set(path, { account, region });
    }
  }
  return found.places;
}

/** Where the first of these names is that is a row's key. */
export function findNamed(
  world: World,
  tables: `${string}/${string}`,
  names: readonly string[],
  region?: string,
): TablePlace | undefined {
  for (const name of names)
    for (const [path, place] of placedTables(world, tables))
      if ((region === undefined || place.region === region) && world.table(path).has(name)) return place;
  return undefined;
}

/** A name of the user's own as it was registered: browsers find `auth.example.com.localhost` without a name server. */
export function registeredName(host: string): string | undefined {
  const name = host.replace(/\.localhost$/, "");
  return name.includes(".") ? name : undefined;
}
