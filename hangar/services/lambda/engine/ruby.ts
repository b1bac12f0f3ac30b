// Which Ruby of this machine runs a ruby3.x function.

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { invalidRuntime } from "../errors.ts";
import type { Program } from "./runtimes.ts";

const BOOTSTRAP = fileURLToPath(new URL("./bootstrap/ruby/bootstrap.rb", import.meta.url));

type Ruby = { readonly path: string; readonly version: string };

const rubies = new Map<string, Promise<Ruby | undefined>>();

/** Throws InvalidRuntimeException when there is no Ruby. */
export async function rubyProgram(runtime: string): Promise<Program> {
  const wanted = runtime.slice("ruby".length);
  const ruby = await nearestRuby(wanted);
  if (ruby === undefined)
    throw invalidRuntime(runtime, `Install Ruby, e.g. on Debian: apt-get install ruby (or rbenv install ${wanted}).`);
  return {
    kind: "ruby",
    command: ruby.path,
    arguments: [BOOTSTRAP],
    names: ["ruby"],
    version: ruby.version,
    mismatch: ruby.version.startsWith(`${wanted}.`) ? undefined : `${runtime} runs on Ruby ${ruby.version} here.`,
  };
}

/** The exact version, on the path or among rbenv's, else the machine's own. */
async function nearestRuby(wanted: string): Promise<Ruby | undefined> {
  const versions = join(process.env["RBENV_ROOT"] ?? join(homedir(), ".rbenv"), "versions");
  const commands = [
    `ruby${wanted}`,
    ...installed(versions, `${wanted}.`).map((each) => join(versions, each, "bin/ruby")),
  ];
  const exact = (await Promise.all(commands.map(askRuby))).find((ruby) => ruby !== undefined);
  return exact ?? askRuby("ruby");
}

/** Asks an interpreter who it is: version managers put shims on the path that run nothing. */
function askRuby(command: string): Promise<Ruby | undefined> {
  let answer = rubies.get(command);
  if (answer === undefined) {
    answer = new Promise((resolve) => {
      execFile(command, ["-e", "puts RbConfig.ruby, RUBY_VERSION"], { timeout: 10_000 }, (error, stdout) => {
        const [path = "", version = ""] = stdout.split("\n");
        resolve(error === null && path !== "" ? { path, version } : undefined);
      });
    });
    rubies.set(command, answer);
  }
  return answer;
}

function installed(versions: string, prefix: string): string[] {
  try {
    return readdirSync(versions).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}
