// The host's own time, for waiting on what is outside every world: another cloud, another process.

import { setTimeout as wait } from "node:timers/promises";

export type HostTime = {
  /** Milliseconds since the epoch. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
};

export const hostTime: HostTime = {
  now: () => Date.now(),
  wait: (milliseconds) => wait(milliseconds),
};
