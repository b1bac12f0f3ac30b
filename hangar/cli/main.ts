#!/usr/bin/env node
// The `hangar` command: finds the subcommand, loads only that one, and turns its failures into an exit code.

import { enableCompileCache } from "node:module";
import { flag, helpOf, readWords, say, sayAside, UsageError, type Command } from "./command.ts";
import { configured } from "./configured.ts";
import { endWithReader } from "./lifetime.ts";
import { keepYoungGenerationSmall } from "./young-generation.ts";

const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  up: () => import("./up.ts"),
  start: () => import("./start.ts"),
  stop: () => import("./stop.ts"),
  status: () => import("./status.ts"),
  exec: () => import("./exec.ts"),
  deploy: () => import("./deploy.ts"),
  destroy: () => import("./destroy.ts"),
  diff: () => import("./diff.ts"),
  test: () => import("./test.ts"),
  compare: () => import("./compare.ts"),
  check: () => import("./check.ts"),
  promote: () => import("./promote.ts"),
  snapshot: () => import("./snapshot.ts"),
  reset: () => import("./reset.ts"),
  clock: () => import("./clock.ts"),
  trace: () => import("./trace.ts"),
  logs: () => import("./logs.ts"),
  access: () => import("./access.ts"),
  doctor: () => import("./doctor.ts"),
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = argv[0] === "help" && argv.length > 1 ? [...argv.slice(1), "--help"] : argv;
  if (name === "--help" || name === "-h" || name === "help") return overview();
  if (name === "--version" || name === "-v") {
    const { VERSION } = await import("../cloud/version.ts");
    say(VERSION);
    return 0;
  }
  const load = commands[name];
  if (load === undefined) throw new UsageError(`There is no command "${name}". See: hangar --help`);
  const { command } = await load();
  const words = await configured(command, readWords(command, rest));
  if (flag(words, "help")) {
    say(helpOf(command));
    return 0;
  }
  return command.run(words);
}

async function overview(): Promise<number> {
  say("Hangar: AWS on the ground.\n\nUsage: hangar COMMAND [OPTION ...]\n");
  for (const [name, load] of Object.entries(commands)) say(`  ${name.padEnd(10)} ${(await load()).command.says}`);
  say("\nEvery command has --help.");
  return 0;
}

// What one process compiles the next one finds compiled, in Node's own place for that.
keepYoungGenerationSmall();
enableCompileCache();
endWithReader();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  sayAside(
    error instanceof UsageError
      ? error.message
      : error instanceof Error
        ? process.env["HANGAR_DEBUG"] === undefined
          ? error.message
          : (error.stack ?? error.message)
        : String(error),
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
