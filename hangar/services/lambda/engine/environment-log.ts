// What an environment writes to its log: lines of its processes, and Lambda's own around each invocation.

import type { World } from "../../../cloud/world.ts";
import type { LogLine } from "../../../ports/logs.ts";
import { isKept, lineLevel, platformLevel, type PlatformRecord } from "../rules/log-levels.ts";
import {
  endLines,
  initRecord,
  initReportLine,
  initReportRecord,
  initStartLine,
  platformLine,
  reportRecord,
  runtimeDoneRecord,
  startLine,
  type InitFacts,
  type InvocationFacts,
  type RuntimeVersion,
} from "../rules/log-lines.ts";
import { runtimeVersionArn } from "../rules/runtimes.ts";
import { initializationType, type Deployment } from "./deployment.ts";
import type { EnvironmentFacts } from "./environment-facts.ts";

/** `at` is on the host's clock that only goes forward; a JSON log's own lines say it. */
type Line = { readonly message: string | ((time: number) => string); readonly at: number };

export type Started = { readonly requestId: string; readonly at: number };

/** One for each environment. */
export function logStreamName({ version }: Deployment, { clock, ids }: World): string {
  const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${ids.hex(32)}`;
}

export class EnvironmentLog {
  readonly #deployment: Deployment;
  readonly #runtimeVersion: string | undefined;
  readonly #born: number;
  #lines: Line[];
  #first: boolean;
  #failure: string | undefined;

  constructor({ deployment, runtimeVersion, note, earlier }: EnvironmentFacts) {
    this.#deployment = deployment;
    this.#runtimeVersion = runtimeVersion;
    this.#born = earlier === undefined ? performance.now() : earlier.#born;
    this.#lines = earlier === undefined ? [] : earlier.#lines.splice(0);
    this.#first = earlier === undefined || earlier.#first;
    if (note !== undefined)
      this.#add(
        `Hangar: no mounts of its own (${note}): /tmp is the machine's, and the paths of /var/task and /opt are rewritten.\n`,
      );
  }

  /** Nothing has been taken out yet: this is the environment's first invocation. */
  get first(): boolean {
    return this.#first;
  }

  /** Of the environment's processes; levels are the JSON format's. */
  add(message: string): void {
    const { logLevel } = this.#deployment;
    if (!this.#json || isKept(lineLevel(message), logLevel)) this.#add(message);
  }

  /** Lambda's own: `text` in a text log. */
  tell(type: string, record: PlatformRecord, text: string | undefined): void {
    this.#lines.push(...this.#own(performance.now(), type, record, text));
  }

  /** What ended the invocation, where that is no error of its handler. A JSON log has it in its records. */
  failed(reason: string, errorType: string): void {
    this.#failure = `${reason}\n${errorType}\n`;
  }

  initialised(facts: Omit<InitFacts, "initializationType">): void {
    const whole = { ...facts, initializationType: initializationType(this.#deployment) };
    this.tell("platform.initRuntimeDone", initRecord(whole), undefined);
    const text = facts.status === "success" ? undefined : initReportLine(whole);
    this.tell("platform.initReport", initReportRecord(whole), text);
  }

  /** INIT_START of the first invocation, START, and what processes have written since the last one. */
  opening({ at, requestId }: Started, world: World): LogLine[] {
    const own = this.#lines.splice(0);
    const before = own.filter((line) => line.at < at);
    const { version } = this.#deployment;
    const start = this.#own(at, "platform.start", { requestId, version }, startLine({ requestId, version }));
    const first = this.#first ? this.#initStart() : [];
    this.#first = false;
    return stamped(world, [...first, ...before, ...start, ...own.slice(before.length)]);
  }

  /** What has been written since, END and REPORT. */
  closing(facts: InvocationFacts, world: World): LogLine[] {
    const at = performance.now();
    const ends = this.#json
      ? this.#own(at, "platform.report", reportRecord(facts), undefined)
      : [this.#failure ?? [], endLines(facts)].flat().map((message) => ({ message, at }));
    return stamped(world, [...this.#lines.splice(0), ...ends]);
  }

  runtimeDone(facts: InvocationFacts, producedBytes: number): void {
    this.tell("platform.runtimeDone", runtimeDoneRecord(facts, producedBytes), undefined);
  }

  #initStart(): Line[] {
    if (this.#runtimeVersion === undefined) return [];
    const { region, runtime } = this.#deployment;
    const version: RuntimeVersion = {
      runtimeVersion: this.#runtimeVersion,
      runtimeVersionArn: runtimeVersionArn(region, runtime),
    };
    const record = { initializationType: initializationType(this.#deployment), phase: "init", ...version };
    return this.#own(this.#born, "platform.initStart", record, initStartLine(version));
  }

  #own(at: number, type: string, record: PlatformRecord, text: string | undefined): Line[] {
    if (!this.#json) return text === undefined ? [] : [{ message: text, at }];
    if (!isKept(platformLevel(type, record), this.#deployment.systemLogLevel)) return [];
    return [{ message: (time) => platformLine(type, record, time), at }];
  }

  #add(message: string): void {
    this.#lines.push({ message, at: performance.now() });
  }

  get #json(): boolean {
    return this.#deployment.logFormat === "JSON";
  }
}

/** By the host's time that has passed; a clock that is held or being advanced stands still. */
function stamped({ clock }: World, lines: readonly Line[]): LogLine[] {
  const now = clock.now();
  const present = performance.now();
  return lines.map(({ message, at }) => {
    const timestamp = clock.stands ? now : Math.round(now - (present - at));
    return { timestamp, message: typeof message === "string" ? message : message(timestamp) };
  });
}
