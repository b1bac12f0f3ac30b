// What an environment writes to its log: lines of its processes, and Lambda's own around each invocation.

import type { World } from "../../../cloud/world.ts";
import type { LogLine } from "../../../ports/logs.ts";
import {
  endLines,
  initReportLine,
  initStartLine,
  startLine,
  type InitFacts,
  type InvocationFacts,
} from "../rules/log-lines.ts";
import { initializationType, type Deployment } from "./deployment.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";

/** `at` is on the host's clock that only goes forward. */
type Line = { readonly message: string; readonly at: number };

export type Started = { readonly requestId: string; readonly at: number };

export class EnvironmentLog {
  readonly #deployment: Deployment;
  readonly #runtimeVersion: string | undefined;
  readonly #born: number;
  #lines: Line[];
  #first = true;

  constructor({ deployment, runtimeVersion, note, earlier }: EnvironmentFacts) {
    this.#deployment = deployment;
    this.#runtimeVersion = runtimeVersion;
    this.#born = earlier === undefined ? performance.now() : earlier.#born;
    this.#lines = earlier === undefined ? [] : earlier.#lines.splice(0);
    if (note !== undefined)
      this.add(
        `Hangar: no mounts of its own (${note}): /tmp is the machine's, and the paths of /var/task and /opt are rewritten.\n`,
      );
  }

  /** Nothing has been taken out yet: this is the environment's first invocation. */
  get first(): boolean {
    return this.#first;
  }

  add(message: string): void {
    this.#lines.push({ message, at: performance.now() });
  }

  /** Of an initialisation that failed. */
  initReport(facts: Omit<InitFacts, "initializationType">, world: World): void {
    const { json } = this.#settings();
    const type = initializationType(this.#deployment);
    this.add(initReportLine({ ...facts, initializationType: type }, json, world.clock.now()));
  }

  /** INIT_START of the first invocation, START, and what processes have written since the last one. */
  opening(started: Started, world: World): LogLine[] {
    const { json, quiet } = this.#settings();
    const now = world.clock.now();
    const own = this.#lines.splice(0);
    const before = own.filter((line) => line.at < started.at);
    const version = { requestId: started.requestId, version: this.#deployment.version };
    const runtime = this.#first && !quiet ? this.#runtimeVersion : undefined;
    this.#first = false;
    return stamped(world, [
      ...(runtime === undefined
        ? []
        : [{ message: initStartLine(runtime, initializationType(this.#deployment), json, now), at: this.#born }]),
      ...before,
      ...(quiet ? [] : [{ message: startLine(version, json, now), at: started.at }]),
      ...own.slice(before.length),
    ]);
  }

  /** What has been written since, END and REPORT. */
  closing(facts: InvocationFacts, world: World): LogLine[] {
    const { json, quiet } = this.#settings();
    const at = performance.now();
    const silent = quiet && facts.status === "success";
    const ends = silent ? [] : endLines(facts, json, world.clock.now()).map((message) => ({ message, at }));
    return stamped(world, [...this.#lines.splice(0), ...ends]);
  }

  #settings(): { readonly json: boolean; readonly quiet: boolean } {
    const { logFormat, systemLogLevel } = this.#deployment;
    return { json: logFormat === "JSON", quiet: systemLogLevel === "WARN" };
  }
}

/** By the host's time that has passed; a clock that is held or being advanced stands still. */
function stamped({ clock }: World, lines: readonly Line[]): LogLine[] {
  const now = clock.now();
  const present = performance.now();
  return lines.map(({ message, at }) => ({
    timestamp: clock.stands ? now : Math.round(now - (present - at)),
    message,
  }));
}
