// A few Node processes that have loaded the bootstrap and the AWS SDK, and wait to become a function: a cold start without Node's own.

import { RuntimeProcess } from "./child-process.ts";
import { moduleFolders, modulePlaces } from "./module-places.ts";
import type { Program } from "./runtimes.ts";
import { keptPaths, sandbox, sandboxed, type Contents } from "./sandbox.ts";
import { workDirectory } from "./work-directory.ts";

const KEPT = 2;
/** Not at once: starting the next one would take the time that the last one needs to become its function. */
const PAUSE = 400;

const waiting: RuntimeProcess[] = [];
const packages = new Set<string>();
let users = 0;
let refill: NodeJS.Timeout | undefined;

type Start = () => RuntimeProcess;

async function starter(program: Program): Promise<Start> {
  const own = await sandbox();
  if (typeof own === "string") return () => start(program);
  const kept = keptPaths(program, moduleFolders());
  const command = sandboxed(own, program, { directory: await workDirectory(), kept, contents: undefined, program });
  return () => start(command);
}

function start({ command, arguments: words }: Pick<Program, "command" | "arguments">): RuntimeProcess {
  const child = new RuntimeProcess({
    command,
    arguments: words,
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
export async function prestart(program: Program): Promise<void> {
  clearTimeout(refill);
  refill = undefined;
  const begin = await starter(program);
  while (users > 0 && waiting.length < KEPT) {
    const child = begin();
    if (packages.size > 0) child.tell({ preload: [...packages], modules: modulePlaces() });
    waiting.push(child);
  }
}

/** Packages of the runtime that functions will ask for. */
export function preload(names: Iterable<string>): void {
  const fresh = Array.from(names).filter((name) => !packages.has(name));
  if (fresh.length === 0) return;
  for (const name of fresh) packages.add(name);
  for (const child of waiting) child.tell({ preload: fresh, modules: modulePlaces() });
}

/** A process that waits for its orders, and soon another in its place. None when the layers would hide what it runs on. */
export async function takePrestarted(program: Program, { layerRoot }: Contents): Promise<RuntimeProcess | undefined> {
  if (layerRoot !== undefined && keptPaths(program, moduleFolders()).some((path) => path.startsWith("/opt/")))
    return undefined;
  const child = waiting.shift() ?? (await starter(program))();
  refill ??= setTimeout(() => void prestart(program), PAUSE).unref();
  return child;
}

/** What was taken is ready: now another may start. */
export function refillPrestarted(program: Program): void {
  if (refill !== undefined) void prestart(program);
}
