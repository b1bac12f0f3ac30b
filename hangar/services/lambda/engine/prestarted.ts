// A few Node processes that have loaded the bootstrap and wait to become a function: a cold start without Node's own.

import { RuntimeProcess } from "./child-process.ts";
import type { Program } from "./runtimes.ts";

const KEPT = 1;

const waiting: RuntimeProcess[] = [];
let users = 0;

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
  for (const child of waiting.splice(0)) child.kill();
}

/** Sees to it that a process waits. */
export function prestart(program: Program): void {
  while (users > 0 && waiting.length < KEPT) waiting.push(start(program));
}

/** A process that waits for its orders, and soon another in its place. */
export function takePrestarted(program: Program): RuntimeProcess {
  const child = waiting.shift() ?? start(program);
  // Not now: starting the next one would take the time this one needs to become its function.
  setTimeout(() => prestart(program), 100).unref();
  return child;
}
