// A few Node processes that have loaded the bootstrap and the AWS SDK, and wait to become a function: a cold start without Node's own.

import { RuntimeProcess } from "./child-process.ts";
import type { Program } from "./runtimes.ts";

const KEPT = 2;
/** Not at once: starting the next one would take the time that the last one needs to become its function. */
const PAUSE = 400;

const waiting: RuntimeProcess[] = [];
const packages = new Set<string>();
let places: readonly string[] = [];
let users = 0;
let refill: NodeJS.Timeout | undefined;

function start(program: Program): RuntimeProcess {
  const child = new RuntimeProcess({
    command: program.command,
    arguments: program.arguments,
    environment: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    directory: undefined,
  });
  child.onEnd = () => {
    const index = waiting.indexOf(child);
    if (index >= 0) waiting.splice(index, 1);
  };
  return child;
}

/** Called by each engine when it opens; the last to leave ends the waiting processes. */
export function joinPrestarted(): void {
  users += 1;
}

export function leavePrestarted(): void {
  users -= 1;
  if (users > 0) return;
  clearTimeout(refill);
  refill = undefined;
  packages.clear();
  for (const child of waiting.splice(0)) child.kill();
}

/** Sees to it that processes wait. */
export function prestart(program: Program): void {
  clearTimeout(refill);
  refill = undefined;
  while (users > 0 && waiting.length < KEPT) {
    const child = start(program);
    if (packages.size > 0) child.tell({ preload: [...packages], modules: places });
    waiting.push(child);
  }
}

/** Packages of the runtime that functions will ask for, found from `modules` on. */
export function preload(names: Iterable<string>, modules: readonly string[]): void {
  places = modules;
  const fresh = Array.from(names).filter((name) => !packages.has(name));
  if (fresh.length === 0) return;
  for (const name of fresh) packages.add(name);
  for (const child of waiting) child.tell({ preload: fresh, modules });
}

/** A process that waits for its orders, and soon another in its place. */
export function takePrestarted(program: Program): RuntimeProcess {
  const child = waiting.shift() ?? start(program);
  refill ??= setTimeout(() => prestart(program), PAUSE).unref();
  return child;
}

/** What was taken is ready: now another may start. */
export function refillPrestarted(program: Program): void {
  if (refill !== undefined) prestart(program);
}
