// Moves a world's clock by a duration or to a date, running all that falls due on the way.

import { duration, moment, nextSecond } from "../kernel/clock.ts";
import type { Cloud } from "./cloud.ts";
import { settledAt } from "./settle.ts";
import type { World } from "./world.ts";

/** `by` is "15 minutes", "1 day" or milliseconds. */
export async function advance(cloud: Cloud, world: World, by: string | number): Promise<void> {
  const length = duration(by);
  await settledAt(world, world.clock.now() + length, secondsTold(cloud));
}

/** To a date that the world has not passed. */
export async function advanceTo(cloud: Cloud, world: World, date: Date | string | number): Promise<void> {
  const time = moment(date);
  const now = world.clock.now();
  if (time < now)
    throw new RangeError(
      `The clock cannot go back to ${new Date(time).toISOString()}: it shows ${new Date(now).toISOString()}.`,
    );
  await settledAt(world, time, secondsTold(cloud));
}

/** What was presigned before the clock moves can be told from what is presigned after. */
async function secondsTold(cloud: Cloud): Promise<void> {
  if (cloud.loaded("s3") !== undefined) await nextSecond();
}
