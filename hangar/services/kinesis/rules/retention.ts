// How long records may be kept: a day to a year.

import { invalidArgument } from "../errors.ts";

const LEAST = 24;
const MOST = 8760;

export function checkRetention(hours: number): void {
  if (hours < LEAST)
    throw invalidArgument(
      `Minimum allowed retention period is ${LEAST} hours. Requested retention period (${hours} hours) is too short.`,
    );
  if (hours > MOST)
    throw invalidArgument(
      `Maximum allowed retention period is ${MOST} hours. Requested retention period (${hours} hours) is too long.`,
    );
}
