// Starts a runtime's process in its own group, tells of its log lines and its end, and kills the whole group.

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Duplex, Readable } from "node:stream";

export type ProcessEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The system ended it for its memory. */
  readonly outOfMemory?: true;
  /** Why it could not begin. */
  readonly failure?: { readonly errorType: string; readonly reason: string };
};

/** What an environment needs of what runs in it, a process of ours or a container. */
export type EnvironmentProcess = Pick<
  RuntimeProcess,
  "onLine" | "onEnd" | "ended" | "pid" | "gone" | "terminate" | "freeze" | "thaw" | "afterOutput"
> &
  Pick<RuntimeProcess, "peakMemory" | "ownMemory"> & {
    /** Resolves when nothing is left of it, where that needs to be waited for. */
    kill(): Promise<void> | undefined;
  };

export type StartOptions = {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string | undefined;
  /** Without descriptors 3 and 4. */
  readonly plain?: true;
};

/** What a sandbox says on descriptor 3 when it is ready. */
export const MOUNTED = '{"mounted":true}';

const alive = new Set<RuntimeProcess>();
let watching = false;

/** File descriptor 0 stays open as long as we live: its end is a runtime's sign to go. Descriptor 3 brings log events, a JSON string a line; 4 carries a Node runtime's messages. */
export class RuntimeProcess {
  readonly #child: ChildProcess;
  #ended: ProcessEnd | undefined;
  #peak: number | undefined;
  #peakAt = Number.NEGATIVE_INFINITY;
  onLine: (message: string) => void = () => undefined;
  onEnd: (end: ProcessEnd) => void = () => undefined;
  /** It waits in its sandbox for a line on standard input. */
  onMounted: () => void = () => undefined;
  onBytes: (bytes: Buffer) => void = () => undefined;

  constructor(options: StartOptions) {
    this.#child = spawn(options.command, options.arguments, {
      env: { ...options.environment },
      cwd: options.directory,
      // A group of its own, so that whatever a handler starts dies with it.
      detached: true,
      stdio: options.plain === true ? ["ignore", "pipe", "pipe"] : ["pipe", "pipe", "pipe", "pipe", "pipe"],
    });
    alive.add(this);
    watchExit();
    this.#child.on("error", (error) => {
      this.onLine(`${error.message}\n`);
      this.#end({ code: 127, signal: null });
    });
    this.#child.on("exit", (code, signal) => this.#end({ code, signal }));
    this.#child.stdin?.on("error", () => undefined);
    const [, output, errors, events, channel] = this.#child.stdio;
    this.#readLines(output, (line) => `${line}\n`);
    this.#readLines(errors, (line) => `${line}\n`);
    this.#readEvents(events as Readable | undefined);
    (channel as Duplex | undefined)?.on("data", (bytes: Buffer) => this.onBytes(bytes)).on("error", () => undefined);
    this.#letGo();
  }

  /** Writes to descriptor 4. */
  send(buffers: readonly Uint8Array[]): void {
    const channel = this.#child.stdio[4] as Duplex;
    for (const buffer of buffers) channel.write(buffer);
  }

  /** Writes a line of orders to standard input. */
  tell(orders: unknown): void {
    this.#child.stdin?.write(`${JSON.stringify(orders)}\n`);
  }

  get ended(): ProcessEnd | undefined {
    return this.#ended;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it has ended. */
  gone(): Promise<void> {
    if (this.#ended !== undefined) return Promise.resolve();
    return new Promise((resolve) => this.#child.once("exit", () => resolve()));
  }

  /** Asks it to end. */
  terminate(): void {
    if (this.#ended === undefined) this.#child.kill("SIGTERM");
  }

  freeze(): void {
    if (this.#ended === undefined && this.#child.pid !== undefined) signalGroup(this.#child.pid, "SIGSTOP");
  }

  thaw(): void {
    if (this.#ended === undefined && this.#child.pid !== undefined) signalGroup(this.#child.pid, "SIGCONT");
  }

  /** Lets what was written before a response arrive: it may have come after this turn's poll, and the response with what that found. */
  afterOutput(done: () => void): void {
    setImmediate(() => setImmediate(done));
  }

  /** Peak resident memory in MB, at most a tenth of a second old; undefined where the system does not tell. */
  peakMemory(): number | undefined {
    const now = performance.now();
    if (now - this.#peakAt > 100) {
      this.#peakAt = now;
      this.#peak = this.#child.pid === undefined ? undefined : processMemory(this.#child.pid, "VmHWM");
    }
    return this.#peak;
  }

  /** Resident memory in MB that is no file's: what a process cannot give back. */
  ownMemory(): number | undefined {
    return this.#child.pid === undefined ? undefined : processMemory(this.#child.pid, "RssAnon");
  }

  kill(): undefined {
    if (this.#ended === undefined && this.#child.pid !== undefined) signalGroup(this.#child.pid, "SIGKILL");
  }

  #end(end: ProcessEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = end;
    alive.delete(this);
    if (this.#child.pid !== undefined) signalGroup(this.#child.pid, "SIGKILL");
    // Output that is still in the pipes belongs before the end.
    setImmediate(() => setImmediate(() => this.onEnd(end)));
  }

  #readEvents(stream: Readable | undefined): void {
    if (stream === undefined) return;
    createInterface({ input: stream }).on("line", (line) => {
      if (line === MOUNTED) this.onMounted();
      else this.onLine(eventText(line));
    });
  }

  #readLines(stream: Readable | null | undefined, toMessage: (line: string) => string): void {
    if (stream === null || stream === undefined) return;
    createInterface({ input: stream }).on("line", (line) => this.onLine(toMessage(line)));
  }

  /** A waiting process must not keep ours alive; a running invocation has its timer for that. */
  #letGo(): void {
    this.#child.unref();
    for (const stream of this.#child.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  }
}

/** In MB, of `/proc`; undefined where the system does not tell. */
export function processMemory(pid: number, field: "VmHWM" | "RssAnon"): number | undefined {
  try {
    const match = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match === null ? undefined : Math.ceil(Number(match[1]) / 1024);
  } catch {
    return undefined;
  }
}

function eventText(line: string): string {
  try {
    return String(JSON.parse(line));
  } catch {
    return `${line}\n`;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** A process that ends without close() takes its runtimes with it. */
function watchExit(): void {
  if (watching) return;
  watching = true;
  process.once("exit", () => {
    for (const child of alive) child.kill();
  });
}
