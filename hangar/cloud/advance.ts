// Moves a world's clock by a duration or to a date, running all that falls due on the way.

import { duration, moment, nextSecond, thisSecond } from "../kernel/clock.ts";
import type { Cloud } from "./cloud.ts";
import { settledAt } from "./settle.ts";
import type { World } from "./world.ts";

/** Whether clients of this world may have presigned URLs in this second of the host's: when in doubt, true. */
type Signed = { readonly presigned?: boolean | undefined };

/** `by` is "15 minutes", "1 day" or milliseconds. */
export async function advance(cloud: Cloud, world: World, by: string | number, signed: Signed = {}): Promise<void> {
  const length = duration(by);
  await settledAt(world, world.clock.now() + length, secondsTold(cloud, world, signed));
}

/** To a date that the world has not passed. */
export async function advanceTo(
  cloud: Cloud,
  world: World,
  date: Date | string | number,
  signed: Signed = {},
): Promise<void> {
  const time = moment(date);
  const now = world.clock.now();
  if (time < now)
    throw new RangeError(
      `The clock cannot go back to ${new Date(time).toISOString()}: it shows ${new Date(now).toISOString()}.`,
    );
  await settledAt(world, time, secondsTold(cloud, world, signed));
}

/** What was presigned before the clock moves can be told from what is presigned after: by the second, which is waited for where anything may have been. */
async function secondsTold(cloud: Cloud, world: World, { presigned = true }: Signed): Promise<void> {
  if (cloud.loaded("s3") === undefined) return;
  const { running, endedAt } = world.invocations;
  if (presigned || running > 0 || endedAt >= thisSecond()) await nextSecond();
}
