// The suites' test function: each test gets a world, AWS clients for it, and somebody who is signed in there.
import { test as base } from "vitest";
import { signUp } from "./account.ts";
import { clientsOf } from "./clients.ts";
import { readTarget } from "./target.ts";
import { openWorld } from "./world.ts";

export const test = base
  .extend("world", async ({ task }, { onCleanup }) => {
    const world = await openWorld(readTarget(), task.name);
    onCleanup(() => world.close());
    return world;
  })
  .extend("aws", ({ world }, { onCleanup }) => {
    const clients = clientsOf(world);
    onCleanup(() => {
      for (const client of Object.values(clients)) client.destroy();
    });
    return clients;
  })
  .extend("ada", ({ world, aws }) => signUp(world, aws));

export { expect } from "vitest";
