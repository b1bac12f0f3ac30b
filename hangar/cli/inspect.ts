// `hangar up --inspect`: the debugger that functions open, for code with a map to its TypeScript.

import type { World } from "../cloud/world.ts";
import { say, text, UsageError, type Words } from "./command.ts";

/** What Node's debuggers take unless told otherwise. */
const FIRST_PORT = 9229;

export const inspectOption = {
  inspect: { type: "string", alone: true, says: "open a debugger in each Node function (127.0.0.1:9229 and on)" },
} as const;

/** The first port; undefined when no debugger is asked for. */
export function inspectOf(words: Words): number | undefined {
  const value = text(words, "inspect");
  if (value === undefined || value === "") return value === undefined ? undefined : FIRST_PORT;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UsageError(`--inspect takes a port from 1 to 65535, not "${value}".`);
  return port;
}

/** In functions that start from now on. */
export function inspect(world: World, port: number): void {
  world.inspect = { port, tell: say };
  say(`\nA function opens its debugger when it first runs, from 127.0.0.1:${port} on.`);
}
