// What lives in an environment beside its runtime: extensions, their processes and their telemetry. Most environments have none.

import { endOf } from "../rules/exit-reason.ts";
import type { PlatformRecord } from "../rules/log-levels.ts";
import {
  extensionLine,
  runtimeDoneRecord,
  subscriptionLine,
  type ExtensionFacts,
  type InvocationFacts,
} from "../rules/log-lines.ts";
import { runtimeVersionArn } from "../rules/runtimes.ts";
import type { EnvironmentProcess, ProcessEnd } from "./child-process.ts";
import { initializationType, type Deployment, type Job } from "./deployment.ts";
import type { EnvironmentLog } from "./environment-log.ts";
import { ExtensionProcesses, LaunchError, launchErrorOf, type Launch } from "./extension-processes.ts";
import {
  Extensions,
  forbidden,
  type Answer,
  type ExtensionRequest,
  type Reply,
  type ShutdownReason,
} from "./extensions.ts";
import { Telemetry } from "./telemetry.ts";

/** Of the time to end in, in milliseconds, the runtime has a share: the rest is for extensions. */
const TIME_TO_END = { internal: 500, external: 2000 };
const RUNTIMES_SHARE = 0.3;

export type Failure = { readonly errorType: string; readonly reason: string };

export type Surroundings = {
  readonly deployment: Deployment;
  readonly runtimeVersion: string | undefined;
  /** Of the environment's world. */
  now(): number;
  readonly log: Pick<EnvironmentLog, "add" | "tell">;
  /** Of the environment that this one begins again. */
  readonly earlier: EnvironmentLog | undefined;
  /** Somebody has registered or is done. */
  proceed(): void;
  fail(failure: Failure): void;
};

export class Companions {
  readonly #around: Surroundings;
  readonly #extensions: Extensions;
  readonly #processes = new ExtensionProcesses();
  #telemetry: Telemetry | undefined;
  #begin: (() => void) | undefined;
  #ending = false;

  constructor(around: Surroundings, names: readonly string[]) {
    this.#around = around;
    this.#extensions = new Extensions(around.deployment, names);
    this.#extensions.onChange = () => this.#changed();
    this.#extensions.onFailure = (errorType, reason) => around.fail({ errorType, reason });
    this.#processes.onLine = (line) => {
      around.log.add(line);
      this.#telemetry?.emit("extension", "extension", line.trimEnd());
    };
    this.#processes.onEnd = (name, end) => this.#ended(name, end);
    if (names.length > 0) this.#observe();
  }

  get any(): boolean {
    return this.#extensions.any;
  }

  get idle(): boolean {
    return this.#extensions.idle;
  }

  /** Extensions first: `begin` lets the runtime go when all have registered. */
  launch(launch: Launch, begin: () => void): void {
    this.#begin = begin;
    this.#processes.start(launch).catch((error: unknown) => this.#notStarted(error));
  }

  answer(call: string, request: ExtensionRequest, answer: Answer): void {
    if (call === "telemetry" || call === "logs") return answer(this.#subscribe(request, call === "logs"));
    this.#extensions.answer(call, request, answer);
    // An extension inside the runtime: nobody has listened so far.
    if (this.any) this.#observe();
  }

  /** A line of the runtime's. */
  line(message: string): void {
    this.#telemetry?.emit("function", "function", functionRecord(message, this.#around.deployment.logFormat));
  }

  runtimeReady(): void {
    this.#extensions.close();
    this.#telemetry?.emit("platform", "platform.initRuntimeDone", { ...this.#phase(), status: "success" });
  }

  /** Initialisation is over: runtime and extensions wait. */
  initialised(durationMs: number): void {
    for (const facts of this.#extensions.facts) {
      this.#tell(facts);
      this.#telemetry?.emit("platform", "platform.extension", facts);
    }
    this.#telemetry?.emit("platform", "platform.initReport", {
      ...this.#phase(),
      status: "success",
      metrics: { durationMs },
    });
    this.#telemetry?.close();
  }

  invoke({ requestId, invokedArn, traceId }: Job, deadlineMs: number): void {
    if (!this.any) return;
    const { version } = this.#around.deployment;
    this.#telemetry?.emit("platform", "platform.start", { requestId, version, tracing: trace(traceId) });
    this.#extensions.invoke({ deadlineMs, requestId, invokedFunctionArn: invokedArn, tracing: trace(traceId) });
  }

  runtimeDone(facts: InvocationFacts, producedBytes: number): void {
    this.#telemetry?.emit("platform", "platform.runtimeDone", runtimeDoneRecord(facts, producedBytes));
  }

  reported(record: object): void {
    this.#telemetry?.emit("platform", "platform.report", record);
  }

  freeze(): void {
    this.#processes.freeze();
  }

  thaw(): void {
    this.#processes.thaw();
  }

  /** SIGTERM to the runtime, SHUTDOWN to the extensions that asked for it, SIGKILL to the others, and to whoever is left when the time is over. */
  async shutDown(runtime: EnvironmentProcess, reason: ShutdownReason): Promise<void> {
    this.#ending = true;
    const time = this.#extensions.hasExternal ? TIME_TO_END.external : TIME_TO_END.internal;
    const deadlineMs = Date.now() + time;
    if (reason === "spindown" && runtime.ended === undefined) {
      runtime.terminate();
      await soonest(runtime.gone(), time * (this.#extensions.hasExternal ? RUNTIMES_SHARE : 1));
    }
    const killed = runtime.kill();
    void this.#telemetry?.flush();
    this.#extensions.shutdown({ shutdownReason: reason, deadlineMs });
    for (const name of this.#extensions.untold) this.#processes.end(name);
    await soonest(this.#processes.gone(), deadlineMs - Date.now());
    this.#telemetry?.end();
    await Promise.all([killed, this.#processes.kill()]);
  }

  #observe(): void {
    if (this.#telemetry !== undefined) return;
    const { now, runtimeVersion, deployment } = this.#around;
    this.#telemetry = new Telemetry(now);
    const { functionName, version: functionVersion } = deployment;
    const arn =
      runtimeVersion === undefined
        ? {}
        : { runtimeVersionArn: runtimeVersionArn(deployment.region, deployment.runtime) };
    const record = { ...this.#phase(), runtimeVersion, ...arn, functionName, functionVersion };
    this.#telemetry.emit("platform", "platform.initStart", record);
  }

  #phase(): object {
    const { deployment, earlier } = this.#around;
    return { initializationType: initializationType(deployment), phase: earlier === undefined ? "init" : "invoke" };
  }

  #subscribe(request: ExtensionRequest, logsApi: boolean): Reply {
    const found = this.#extensions.identified(request);
    if ("status" in found) return found;
    if (this.#telemetry === undefined) return forbidden("Telemetry.NotSupported", "Telemetry API is not supported");
    const { reply, types } = this.#telemetry.subscribe(found.name, request.body, logsApi);
    const api = logsApi ? "logs" : "telemetry";
    if (types !== undefined) {
      const record: PlatformRecord = { name: found.name, state: "Subscribed", types };
      this.#around.log.tell(`platform.${api}Subscription`, record, subscriptionLine(api, found.name, types));
    }
    return reply;
  }

  #tell(facts: ExtensionFacts): void {
    this.#around.log.tell("platform.extension", facts, extensionLine(facts));
  }

  #changed(): void {
    if (this.#begin !== undefined && this.#extensions.registered) {
      this.#begin();
      this.#begin = undefined;
    }
    this.#around.proceed();
  }

  #ended(name: string, end: ProcessEnd): void {
    if (this.#ending) return;
    if (end.failure !== undefined) return this.#notStarted(launchErrorOf(name, end.failure.reason));
    this.#around.fail({ errorType: "Extension.Crash", reason: endOf(end) });
  }

  #notStarted(error: unknown): void {
    if (!(error instanceof LaunchError)) throw error;
    this.#tell({ name: error.extension, state: "LaunchError", events: [], errorType: error.type });
    this.#around.fail({ errorType: "Extension.LaunchError", reason: error.message });
  }
}

function trace(value: string): object {
  return { type: "X-Amzn-Trace-Id", value };
}

/** With the JSON format what a function writes is told as the object that it is. */
function functionRecord(message: string, logFormat: string): unknown {
  if (logFormat !== "JSON") return message;
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}

async function soonest(done: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([done, over]);
  clearTimeout(timer);
}
