// A container that runs a function's image: created, listened to, started, stopped between invocations, and removed.

import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import type { ContainerEngine } from "../../../kernel/container-engine.ts";
import { refusalIn, startFailure } from "../rules/container-end.ts";
import { processMemory, type EnvironmentProcess, type ProcessEnd } from "./child-process.ts";

type Inspected = { readonly State?: { readonly Pid?: number; readonly OOMKilled?: boolean } };

/** A shell's and Docker's way to tell of a signal. */
const SIGNALLED = 128;

/** Milliseconds: what a container writes comes by the engine, its responses do not. */
const OUTPUT_DELAY = 10;

/** What the engine's API calls a container's; the rest is passed on. */
export type ContainerSettings = {
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly [member: string]: unknown;
};

export class ContainerProcess implements EnvironmentProcess {
  readonly #engine: ContainerEngine;
  readonly #started = Promise.withResolvers<string | undefined>();
  readonly #removed = Promise.withResolvers<void>();
  #removing = false;
  #begun = false;
  #id: string | undefined;
  #killed = false;
  #ended: ProcessEnd | undefined;
  /** Pauses come one after another. */
  #orders: Promise<unknown> = Promise.resolve();
  #pid: number | undefined;
  #groups: string | undefined;
  /** Its first line, where that may be its end. */
  #suspicion: { readonly line: string; readonly failure: NonNullable<ProcessEnd["failure"]> } | undefined;
  #spoken = false;
  onLine: (message: string) => void = () => undefined;
  onEnd: (end: ProcessEnd) => void = () => undefined;

  constructor(engine: ContainerEngine) {
    this.#engine = engine;
  }

  run(settings: ContainerSettings): void {
    if (this.#killed) return;
    this.#begun = true;
    void this.#live(settings).then(
      (end) => this.#end(end),
      (error: unknown) => this.#end({ code: null, signal: null, failure: startFailure(error as Error, settings) }),
    );
  }

  /** In place of running. */
  refuse(failure: NonNullable<ProcessEnd["failure"]>): void {
    this.#end({ code: null, signal: null, failure });
  }

  /** Its id, once it runs; undefined when it has ended before. */
  get started(): Promise<string | undefined> {
    return this.#started.promise;
  }

  get ended(): ProcessEnd | undefined {
    return this.#ended;
  }

  get pid(): number | undefined {
    return this.#pid;
  }

  gone(): Promise<void> {
    return this.#removed.promise;
  }

  terminate(): void {
    void this.#order("kill?signal=SIGTERM");
  }

  freeze(): void {
    void this.#order("pause");
  }

  thaw(): void {
    void this.#order("unpause");
  }

  afterOutput(done: () => void): void {
    setTimeout(done, OUTPUT_DELAY);
  }

  /** MB. Where its processes are this machine's; the engine knows no more than what files in memory take, too. */
  peakMemory(): number | undefined {
    return this.#pid === undefined ? undefined : processMemory(this.#pid, "VmHWM");
  }

  /** Of all its processes. */
  ownMemory(): number | undefined {
    return this.#groups === undefined ? undefined : anonymousMemory(this.#groups);
  }

  kill(): Promise<void> {
    this.#killed = true;
    // One that is being created is removed when it is there.
    if (this.#id !== undefined || !this.#begun) void this.#remove();
    return this.#removed.promise;
  }

  async #live(settings: ContainerSettings): Promise<ProcessEnd> {
    const { Id } = (await this.#engine.call("POST", "/containers/create", settings)) as { readonly Id: string };
    this.#id = Id;
    if (this.#killed) return { code: null, signal: "SIGKILL" };
    const streams = { stdout: this.#lines(settings), stderr: this.#lines(settings) };
    const { over } = await this.#engine.output(
      `/containers/${Id}/attach?stream=1&stdout=1&stderr=1`,
      (bytes, stream) => void streams[stream].write(bytes),
    );
    await this.#engine.call("POST", `/containers/${Id}/start`);
    this.#started.resolve(Id);
    if (this.#engine.local) this.#find(await this.#inspect());
    const { StatusCode } = (await this.#engine.wait(`/containers/${Id}/wait`)) as { readonly StatusCode: number };
    await over;
    if (this.#suspicion !== undefined && StatusCode !== 0)
      return { code: StatusCode, signal: null, failure: this.#suspicion.failure };
    this.#speak();
    const memory = this.#killed ? undefined : (await this.#inspect()).State?.OOMKilled;
    return { ...endOf(StatusCode), ...(memory === true ? { outOfMemory: true } : {}) };
  }

  #inspect(): Promise<Inspected> {
    return this.#engine.call("GET", `/containers/${this.#id}/json`) as Promise<Inspected>;
  }

  /** Its first process, if it is what this machine has under that number. */
  #find({ State }: Inspected): void {
    try {
      const groups = readFileSync(`/proc/${State?.Pid ?? 0}/cgroup`, "utf8");
      if (this.#id === undefined || !groups.includes(this.#id)) return;
      this.#pid = State?.Pid;
      this.#groups = groups;
    } catch {
      // Ended already, or another machine's.
    }
  }

  #lines(settings: ContainerSettings): PassThrough {
    const stream = new PassThrough();
    createInterface({ input: stream }).on("line", (line) => {
      const failure = this.#spoken ? undefined : refusalIn(line, settings);
      if (failure === undefined) this.#speak(line);
      else this.#suspicion = { line, failure };
      this.#spoken = true;
    });
    return stream;
  }

  #speak(line?: string): void {
    if (this.#suspicion !== undefined) this.onLine(`${this.#suspicion.line}\n`);
    this.#suspicion = undefined;
    if (line !== undefined) this.onLine(`${line}\n`);
  }

  #order(what: string): Promise<unknown> {
    return (this.#orders = this.#orders
      .then(() =>
        this.#killed || this.#id === undefined
          ? undefined
          : this.#engine.call("POST", `/containers/${this.#id}/${what}`),
      )
      // It ends by itself meanwhile.
      .catch(() => undefined));
  }

  #end(end: ProcessEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = this.#killed ? { code: null, signal: "SIGKILL" } : end;
    void this.#remove();
    // Its last lines come before it.
    setImmediate(() => setImmediate(() => this.onEnd(this.#ended ?? end)));
  }

  async #remove(): Promise<void> {
    this.#killed = true;
    this.#started.resolve(undefined);
    // Asked twice, the engine answers the second time that it is at it, before it is done.
    if (this.#removing) return;
    this.#removing = true;
    if (this.#id !== undefined)
      await this.#engine.call("DELETE", `/containers/${this.#id}?force=true&v=true`).catch(() => undefined);
    this.#removed.resolve();
  }
}

function endOf(status: number): ProcessEnd {
  const number = status - SIGNALLED;
  const signal = Object.entries(constants.signals).find(([, each]) => each === number)?.[0];
  return signal === undefined ? { code: status, signal: null } : { code: null, signal: signal as NodeJS.Signals };
}

/** In MB, of a container's control groups: memory that is no file's, of all its processes. */
function anonymousMemory(groups: string): number | undefined {
  const [, first] = /^\d+:(?:[\w,]*,)?memory(?:,[\w,]*)?:(.+)$/m.exec(groups) ?? [];
  const [, second] = /^0::(.+)$/m.exec(groups) ?? [];
  const path = first === undefined ? `/sys/fs/cgroup${second}` : `/sys/fs/cgroup/memory${first}`;
  try {
    const [, bytes] = /^(?:total_rss|anon) (\d+)$/m.exec(readFileSync(`${path}/memory.stat`, "utf8")) ?? [];
    return bytes === undefined ? undefined : Math.ceil(Number(bytes) / 1024 / 1024);
  } catch {
    return undefined;
  }
}
