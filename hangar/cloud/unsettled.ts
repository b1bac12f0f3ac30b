// What waits for a later time and yet will never be done: services name it, settle() asks whether it is still so.

import type { World } from "./world.ts";

/** Why the world is not at rest; undefined when that is over. */
export type Doubt = () => Promise<string | undefined>;

const DOUBTS = "cloud.doubts";

/** Tried so often without an end, it is no retry. (AWS advises at least five tries before a dead-letter queue.) */
export const HOPELESS = 5;

export function doubt(world: World, name: string, ask: Doubt): void {
  const doubts = doubtsOf(world) ?? new Map<string, Doubt>();
  world.attachments.set(DOUBTS, doubts);
  doubts.set(name, ask);
}

export function noDoubt(world: World, name: string): void {
  doubtsOf(world)?.delete(name);
}

/** The first reason that still holds. */
export async function unsettled(world: World): Promise<string | undefined> {
  for (const [name, ask] of doubtsOf(world) ?? []) {
    const reason = await ask();
    if (reason !== undefined) return reason;
    noDoubt(world, name);
  }
  return undefined;
}

function doubtsOf(world: World): Map<string, Doubt> | undefined {
  return world.attachments.get(DOUBTS) as Map<string, Doubt> | undefined;
}
