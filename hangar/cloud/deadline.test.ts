// The time an API gives what answers it: counted on the world's clock, and not at all where functions stand at breakpoints.

import { expect, test } from "vitest";
import { advance } from "./advance.ts";
import { Cloud } from "./cloud.ts";
import { within } from "./deadline.ts";

/** An answer that comes after `seconds`, asked for within 29. */
async function answered(cloud: Cloud, seconds: number): Promise<string> {
  const { world } = cloud;
  const { promise, resolve } = Promise.withResolvers<string>();
  const { scheduler, clock } = world;
  const late = (): Error => new Error("late");
  const limited = within(
    { scheduler, clock, world },
    { milliseconds: 29_000, topic: "answered", run: () => promise, late },
  );
  const said = limited.catch((error: Error) => error.message);
  await advance(cloud, world, `${seconds} seconds`);
  resolve("answer");
  return said;
}

test.each([
  [10, undefined, "answer"],
  [30, undefined, "late"],
  [30, { port: 9229, tell: () => undefined }, "answer"],
])("what takes %d seconds, with a debugger: %j, is answered: %s", async (seconds, inspect, says) => {
  const cloud = new Cloud({ seed: "deadline" });
  cloud.world.clock.hold();
  cloud.world.inspect = inspect;
  try {
    expect(await answered(cloud, seconds)).toBe(says);
  } finally {
    await cloud.close();
  }
});
