// V8's young generation: as small as it began while the cloud idles, larger once it has been busy for a while.

import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Milliseconds between looks. */
const EVERY = 250;
/** Share of the time between two looks. */
const BUSY = 0.5;
/** So many looks: a start and a deployment are less. */
const LOOKS = 8;
/** Bytes of both its halves. V8 goes to 64 MB by itself, and keeps them: this much is nearly as fast. */
const ENOUGH = 16 * 1024 * 1024;
/** Milliseconds between looks while it grows: it doubles each time that much has outlived a collection. */
const GROWING = 10;

/** For a process that does nothing else. A cloud that idles has 40 MB less; under load a small one costs a quarter of the processor. */
export function keepYoungGenerationSmall(): void {
  setGrowth(1);
  let last = performance.eventLoopUtilization();
  let busy = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, last).utilization > BUSY) busy += 1;
    last = now;
    if (busy < LOOKS) return;
    clearInterval(timer);
    grow();
  }, EVERY);
  timer.unref();
}

function grow(): void {
  setGrowth(2);
  const timer = setInterval(() => {
    if (youngBytes() < ENOUGH) return;
    setGrowth(1);
    clearInterval(timer);
  }, GROWING);
  timer.unref();
}

function setGrowth(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? ENOUGH;
}
