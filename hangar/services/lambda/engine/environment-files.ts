// What an execution environment has in /tmp: it outlives the process that wrote it, and goes with the environment.

import { closeSync, openSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Command, Sandbox } from "./sandbox.ts";

/** Kept by a mount namespace that we hold open, or in a directory where there are none. */
export class EnvironmentFiles {
  /** In place of /tmp, without mounts. */
  readonly scratch: string | undefined;
  #namespaces: { readonly mount: number; readonly user: number | undefined } | undefined;

  constructor(scratch: string | undefined) {
    this.scratch = scratch;
  }

  /** There are mounts to enter. */
  get held(): boolean {
    return this.#namespaces !== undefined;
  }

  /** Of a process whose mounts are all in place. */
  hold(pid: number, { flags }: Sandbox): void {
    if (this.#namespaces !== undefined) return;
    const open = (name: string): number => openSync(`/proc/${pid}/ns/${name}`, "r");
    let mount: number | undefined;
    try {
      mount = open("mnt");
      this.#namespaces = { mount, user: flags.includes("--user") ? open("user") : undefined };
    } catch {
      // It has ended already: the next one begins with an empty /tmp.
      if (mount !== undefined) closeSync(mount);
    }
  }

  /** Runs the command among the mounts. */
  entered({ command, arguments: words }: Command, script: string): Command {
    const { mount, user } = this.#namespaces ?? {};
    const of = (descriptor: number | undefined): string => `/proc/${process.pid}/fd/${descriptor}`;
    const users = user === undefined ? [] : [`--user=${of(user)}`, "--preserve-credentials"];
    const inside = ["sh", "-c", script, "sh", command, ...words];
    return { command: "nsenter", arguments: [...users, `--mount=${of(mount)}`, "--", ...inside] };
  }

  /** The environment is gone. */
  release(): void {
    const { mount, user } = this.#namespaces ?? {};
    this.#namespaces = undefined;
    for (const each of [mount, user]) if (each !== undefined) closeSync(each);
    if (this.scratch !== undefined)
      rm(this.scratch, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
