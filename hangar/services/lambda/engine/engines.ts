// The engine of each cloud in this process, and which world a process of theirs works for.

import type { ProcessKey } from "../../../cloud/service.ts";
import { Engine } from "./engine.ts";

const engines = new Map<object, Engine>();

/** The engine of a cloud; all its worlds share one blob store, which stands for the cloud. */
export function engineOf(cloud: object): Engine {
  let engine = engines.get(cloud);
  if (engine === undefined) {
    engine = new Engine();
    engines.set(cloud, engine);
  }
  return engine;
}

/** For a key of a process of ours: where its calls belong. */
export function processKey(accessKeyId: string, cloud: object): ProcessKey | undefined {
  return engines.get(cloud)?.processKey(accessKeyId);
}

/** Without a cloud: every engine of this process. */
export async function closeEngines(cloud?: object): Promise<void> {
  const closing = cloud === undefined ? [...engines] : [...engines].filter(([owner]) => owner === cloud);
  for (const [owner] of closing) engines.delete(owner);
  await Promise.all(closing.map(([, engine]) => engine.close()));
}
