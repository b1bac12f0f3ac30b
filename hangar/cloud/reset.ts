// Back to the beginning: how a cloud's main world was when it got ready, or an empty one.

import type { Cloud } from "./cloud.ts";
import type { World, WorldContents } from "./world.ts";

/** Done in every world that is reset: what changed in the app since. */
export type Again = (world: World) => Promise<void>;

const beginnings = new WeakMap<Cloud, { readonly contents: WorldContents | undefined; readonly again: Again }>();

/** From now on a reset leads to what the main world is now; to an empty one where it is not from this start alone. */
export function rememberBeginning(cloud: Cloud, again: Again = () => Promise.resolve()): void {
  beginnings.set(cloud, { contents: cloud.hasKept ? undefined : cloud.world.contents(), again });
}

/** Takes a world, the main one or a fork, to the beginning: rows, time and faults. */
export async function resetWorld(cloud: Cloud, world: World): Promise<void> {
  const { contents, again } = beginnings.get(cloud) ?? {};
  await cloud.replace(world, contents ?? { ...EMPTY, ids: world.current.ids.state });
  await again?.(world.current);
}

const EMPTY = { tables: new Map(), clock: { mode: "live", offset: 0, at: 0 } } as const;
