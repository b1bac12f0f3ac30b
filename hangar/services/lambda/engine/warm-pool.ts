// Environments that wait for work, by what they are made for: taken by their own world, or by another when theirs is gone.

import type { World } from "../../../cloud/world.ts";
import type { Deployment } from "./deployment.ts";
import type { Environment } from "./environment.ts";

export const IDLE_LIMIT = 5 * 60_000;

export class WarmPool {
  readonly #idle = new Map<string, Environment[]>();

  put(environment: Environment): void {
    const { key } = environment.facts.deployment;
    const idle = this.#idle.get(key) ?? [];
    idle.push(environment);
    this.#idle.set(key, idle);
  }

  /** One of the same world, or one whose world is gone: what a process signed before then names no world that lives. */
  take({ key, ownWorld }: Deployment, wanted: World): Environment | undefined {
    const idle = this.#idle.get(key) ?? [];
    const own = idle.findLastIndex(
      ({ session: { world, home } }) => world === wanted && (!ownWorld || home === wanted),
    );
    const index = own >= 0 || ownWorld ? own : idle.findLastIndex(({ session }) => session.world.disposed);
    return index < 0 ? undefined : idle.splice(index, 1)[0];
  }

  /** What has waited longest, but for those that are kept. */
  takeLongest(): Environment | undefined {
    let longest: Environment | undefined;
    for (const idle of this.#idle.values())
      for (const each of idle)
        if (!each.facts.deployment.provisioned && (longest === undefined || each.usedAt < longest.usedAt))
          longest = each;
    if (longest !== undefined) this.remove(longest);
    return longest;
  }

  /** False when it does not wait here. */
  remove(environment: Environment): boolean {
    const idle = this.#idle.get(environment.facts.deployment.key);
    const index = idle?.indexOf(environment) ?? -1;
    if (index >= 0) idle?.splice(index, 1);
    return index >= 0;
  }

  /** Those of worlds that are gone, which nobody may take over. */
  takeEnded(key: string): Environment[] {
    return this.#split(key, ({ session, facts }) => session.world.disposed && facts.deployment.ownWorld);
  }

  /** Those that nobody has asked for in a while. */
  takeOld(): Environment[] {
    const oldest = performance.now() - IDLE_LIMIT;
    return Array.from(this.#idle.keys()).flatMap((key) =>
      this.#split(key, ({ usedAt, facts, session }) =>
        facts.deployment.provisioned ? session.world.disposed : usedAt < oldest,
      ),
    );
  }

  #split(key: string, goes: (environment: Environment) => boolean): Environment[] {
    const idle = this.#idle.get(key) ?? [];
    const gone = idle.filter(goes);
    if (gone.length === 0) return gone;
    const kept = idle.filter((environment) => !gone.includes(environment));
    if (kept.length === 0) this.#idle.delete(key);
    else this.#idle.set(key, kept);
    return gone;
  }
}
