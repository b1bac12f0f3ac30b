// Loads packages of the AWS SDK while the process waits to become a function: most of a cold start is spent there.

import { createRequire } from "node:module";
import { join } from "node:path";

let wanted = [];
let places = [];
let next;

/** One package at a time, so that orders need not wait for all. */
export function preload(orders) {
  wanted.push(...orders.preload);
  places = orders.modules;
  next ??= setImmediate(loadOne);
}

export function stopPreloading() {
  wanted = [];
  clearImmediate(next);
}

function loadOne() {
  const name = wanted.shift();
  if (name !== undefined) load(name);
  next = wanted.length === 0 ? undefined : setImmediate(loadOne);
}

/** From the first place that has it, as the function would. */
function load(name) {
  for (const place of places) {
    const require = createRequire(join(place, "runtime.js"));
    try {
      require.resolve(name);
    } catch {
      continue;
    }
    try {
      require(name);
    } catch {
      // The function itself will meet the error, and report it.
    }
    return;
  }
}
