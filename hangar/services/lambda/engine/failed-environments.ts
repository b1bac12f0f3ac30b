// Environments whose process has failed: the next invocation of their function begins them again, with their /tmp and their log stream.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html

import type { World } from "../../../cloud/world.ts";
import type { Deployment } from "./deployment.ts";
import type { Environment } from "./environment.ts";
import { IDLE_LIMIT } from "./warm-pool.ts";

export class FailedEnvironments {
  readonly #waiting = new Set<Environment>();
  readonly #end: (environment: Environment) => void;

  constructor(end: (environment: Environment) => void) {
    this.#end = end;
  }

  put(environment: Environment): void {
    environment.usedAt = performance.now();
    this.#waiting.add(environment);
  }

  /** What another world has left in /tmp is nobody's business. */
  take({ key }: Deployment, world: World): Environment | undefined {
    for (const each of this.#waiting)
      if (each.facts.deployment.key === key && each.session.world === world) {
        this.#waiting.delete(each);
        return each;
      }
    return undefined;
  }

  /** With new code or a new configuration, or all that were provisioned. */
  dropOf(functionArn: string, world: World, provisioned = false): void {
    this.drop(({ facts: { deployment }, session }) => {
      const counts = !provisioned || deployment.provisioned;
      return counts && deployment.functionArn === functionArn && session.world === world;
    });
  }

  dropOld(): void {
    const oldest = performance.now() - IDLE_LIMIT;
    this.drop(({ usedAt, session }) => usedAt < oldest || session.world.disposed);
  }

  drop(goes: (environment: Environment) => boolean): void {
    for (const each of this.#waiting)
      if (goes(each)) {
        this.#waiting.delete(each);
        this.#end(each);
      }
  }
}
