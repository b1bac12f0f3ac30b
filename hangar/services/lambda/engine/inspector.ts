// Node's debugger in a function's process: where it listens, and how long the process has stood still in it.

import { createServer } from "node:net";
import { WebSocket } from "ws";
import type { Inspect } from "../../../cloud/function-settings.ts";
import type { EnvironmentProcess } from "./child-process.ts";
import type { Deployment } from "./deployment.ts";

type Pause = { readonly from: number; to?: number };

/** What Node says on standard error of its debugger. */
const LISTENS = /^Debugger listening on (ws:\S+)\n$/;
const ATTACHED = /^Debugger attached\.\n$/;
const OTHER_WORDS = /^(For help, see: https:\/\/nodejs\.org\/|Debugger ending on ws:|Waiting for the debugger to )/;

/** Milliseconds; a pause that goes on may end at any time. */
const LOOK_EVERY = 50;

/** Whose each port is as long as we run: whatever attaches to it again finds the function's next process there. */
const owners = new Map<number, string>();
const inUse = new Map<number, Inspector>();

/** Where one is asked for: on the first free port that no other function has had. */
export async function inspectorFor({ inspect, functionArn, functionName }: Deployment): Promise<Inspector | undefined> {
  if (inspect === undefined) return undefined;
  for (let port = inspect.port; port <= 65_535; port += 1) {
    const inspector = new Inspector(inspect, functionName, port);
    if ((owners.get(port) ?? functionArn) !== functionArn || !(await inspector.take())) continue;
    owners.set(port, functionArn);
    return inspector;
  }
  throw new Error(`No port from ${inspect.port} on is free for the debugger of ${functionName}.`);
}

/** For the process's own count of what is left to its invocation. */
function toldOf(milliseconds: number): string {
  return `globalThis[Symbol.for("hangar.paused")]?.(${Math.round(milliseconds)})`;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

export class Inspector {
  readonly #inspect: Inspect;
  readonly #name: string;
  readonly #port: number;
  readonly #pauses: Pause[] = [];
  /** How often something has attached, ourselves included. */
  #attached = 0;
  readonly #left = Promise.withResolvers<void>();
  #leaving = false;

  constructor(inspect: Inspect, name: string, port: number) {
    this.#inspect = inspect;
    this.#name = name;
    this.#port = port;
  }

  /** False when another process has the port; one that ends gives it up first. */
  async take(): Promise<boolean> {
    const holder = inUse.get(this.#port);
    if (holder !== undefined && !holder.#leaving) return false;
    inUse.set(this.#port, this);
    if (holder !== undefined) await holder.#left.promise;
    const free = await isFree(this.#port);
    if (!free) this.#leave();
    return free;
  }

  #leave(): void {
    if (inUse.get(this.#port) === this) inUse.delete(this.#port);
    this.#left.resolve();
  }

  /** Its process is being ended. */
  end(): void {
    this.#leaving = true;
  }

  /** What has a `node` open it. */
  get option(): string {
    return `--inspect=127.0.0.1:${this.#port}`;
  }

  /** Keeps what the debugger says out of the function's log. */
  follow(child: EnvironmentProcess): void {
    const told = child.onLine;
    child.onLine = (line) => {
      const url = LISTENS.exec(line)?.[1];
      if (url !== undefined) this.#attach(url);
      else if (ATTACHED.test(line)) this.#attached += 1;
      else if (!OTHER_WORDS.test(line)) told(line);
    };
    void child.gone().then(() => this.#leave());
  }

  /** What is left of so many milliseconds since then, of which pauses take nothing. */
  left(since: number, limit: number): number {
    const now = performance.now();
    let left = since + limit - now;
    for (const { from, to = now } of this.#pauses) left += Math.max(0, to - Math.max(from, since));
    return this.#pause === undefined ? left : Math.max(left, LOOK_EVERY);
  }

  /** The one that goes on. */
  get #pause(): Pause | undefined {
    const last = this.#pauses.at(-1);
    return last?.to === undefined ? last : undefined;
  }

  /** A session of our own beside the user's, which is told of every pause. */
  #attach(url: string): void {
    this.#inspect.tell(`${this.#name}: debugger on ${url}`);
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const ask = (id: number, method: string, params = {}): void => socket.send(JSON.stringify({ id, method, params }));
    socket.on("upgrade", (response) => response.socket.unref());
    socket.on("open", () => {
      // A process that ends waits for its sessions to leave.
      ask(1, "NodeRuntime.notifyWhenWaitingForDisconnect", { enabled: true });
      ask(2, "Debugger.enable");
    });
    socket.on("message", (data: Buffer) => {
      // Most are of scripts, as long as their source maps: those are not read.
      const [, method] = /^\{"method":"([\w.]+)"/.exec(data.toString("latin1", 0, 80)) ?? [];
      if (method === "Debugger.paused") this.#paused(url);
      else if (method === "Debugger.resumed") ask(3, "Runtime.evaluate", { expression: toldOf(this.#resumed()) });
      else if (method === "NodeRuntime.waitingForDisconnect") socket.close();
    });
    socket.on("close", () => void this.#resumed());
    // The process is gone, and an environment hears of that by itself.
    socket.on("error", () => undefined);
  }

  #paused(url: string): void {
    if (this.#pause === undefined) this.#pauses.push({ from: performance.now() });
    if (this.#attached < 2) this.#inspect.tell(`${this.#name}: waits at a debugger statement; attach to ${url}`);
  }

  /** Milliseconds that it stood still. */
  #resumed(): number {
    const pause = this.#pause;
    if (pause === undefined) return 0;
    pause.to = performance.now();
    return pause.to - pause.from;
  }
}
