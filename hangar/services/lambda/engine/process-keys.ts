// Which world a process works for, by the key it signs with: its requests arrive at one endpoint, whatever the fork.

import type { ProcessKey } from "../../../cloud/service.ts";
import type { World } from "../../../cloud/world.ts";
import type { Credentials } from "../../../ports/access.ts";

/** Keys outlive their processes: a URL that one has signed holds until its session ends. */
export class ProcessKeys {
  readonly #keys = new Map<string, ProcessKey>();

  find(accessKeyId: string): ProcessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** `own` is what the process was started with; `present` is what stands for it in the world. */
  assign(own: Credentials, present: Credentials, world: World): void {
    this.#keys.set(own.accessKeyId, {
      world,
      accessKeyId: present.accessKeyId,
      secretAccessKey: own.secretAccessKey,
      sessionToken: own.sessionToken,
    });
  }

  dropEnded(): void {
    for (const [id, { world }] of this.#keys) if (world.disposed) this.#keys.delete(id);
  }
}
