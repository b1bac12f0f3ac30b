// Whose work an environment does: a world, and the credentials that stand for its function there.

import type { World } from "../../../cloud/world.ts";
import type { Credentials } from "../../../ports/access.ts";

export class Session {
  /** The world it was started in. */
  readonly home: World;
  #world: World;
  /** Expires on that world's clock. */
  #present: Credentials;

  constructor(world: World, credentials: Credentials) {
    this.home = world;
    this.#world = world;
    this.#present = credentials;
  }

  /** Where its calls belong. */
  get world(): World {
    return this.#world;
  }

  /** Milliseconds on its world's clock. */
  get expiration(): number | undefined {
    return this.#present.expiration;
  }

  /** From now on it works for another world, or under a new session of the same. */
  adopt(world: World, present: Credentials): void {
    this.#world = world;
    this.#present = present;
  }
}
