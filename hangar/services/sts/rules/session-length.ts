// How long a session of a role lasts.

import type { RoleFacts } from "../../../ports/access.ts";
import { validationError } from "../errors.ts";

export const HOUR = 3600;

/** Seconds: an hour unless another length is asked for, at most what the role allows. */
export function secondsWithin({ maxSessionDuration }: RoleFacts, asked = HOUR): number {
  if (asked > maxSessionDuration)
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  return asked;
}
