// One execution environment: a process, one invocation at a time, its log lines, its deadline and its death.

import type { World } from "../../../cloud/world.ts";
import type { Credentials } from "../../../ports/access.ts";
import type { LogLine } from "../../../ports/logs.ts";
import { exitReason } from "../rules/exit-reason.ts";
import { endLines, initStartLine, startLine, timeoutLine, type InvocationFacts } from "../rules/log-lines.ts";
import type { ProcessEnd, RuntimeProcess } from "./child-process.ts";
import { sandboxError, type Deployment, type Job, type Outcome } from "./deployment.ts";
import type { Delivery, RuntimeSide } from "./runtime-api.ts";

const INIT_LIMIT = 10_000;
const WATCH_EVERY = 100;
const MAX_RESPONSE = 6_291_556;
const MAX_STREAMED = 200 * 1024 * 1024;

type Running = {
  readonly job: Job;
  readonly done: (outcome: Outcome | "unserved") => void;
  started: number;
  timer: NodeJS.Timeout | undefined;
  watch: NodeJS.Timeout | undefined;
};

export type EnvironmentFacts = {
  readonly deployment: Deployment;
  readonly logStream: string;
  /** What its process was started with. */
  readonly credentials: Credentials;
  readonly runtimeVersion: string;
  /** Why it has no mounts of its own, in the log of the first that has none. */
  readonly note: string | undefined;
};

export class Environment implements RuntimeSide {
  readonly facts: EnvironmentFacts;
  readonly #process: RuntimeProcess;
  readonly #born = performance.now();
  #waiting: ((delivery: Delivery) => void) | undefined;
  #running: Running | undefined;
  #initDuration: number | undefined;
  #initFailure: Buffer | undefined;
  #ready = false;
  #dead = false;
  #tooLarge = false;
  #lines: { readonly message: string; readonly at: number }[] = [];
  /** The world it was started in. */
  readonly home: World;
  #world: World;
  /** What stands for its credentials in its world; expires on that world's clock. */
  #present: Credentials;
  usedAt = 0;
  onDeath: () => void = () => undefined;
  onReady: () => void = () => undefined;

  constructor(facts: EnvironmentFacts, process: RuntimeProcess, world: World) {
    this.facts = facts;
    this.#process = process;
    this.home = world;
    this.#world = world;
    this.#present = facts.credentials;
    if (facts.note !== undefined) {
      const message = `Hangar: no mounts of its own (${facts.note}): /tmp is the machine's, and the paths of /var/task and /opt are rewritten.\n`;
      this.#lines.push({ message, at: this.#born });
    }
    process.onLine = (message) => this.#lines.push({ message, at: performance.now() });
    process.onEnd = (end) => this.#ended(end);
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Where its calls belong. */
  get world(): World {
    return this.#world;
  }

  /** Milliseconds on its world's clock. */
  get expiration(): number | undefined {
    return this.#present.expiration;
  }

  /** From now on it works for another world, or under a new session of the same. */
  adopt(world: World, present: Credentials): void {
    this.#world = world;
    this.#present = present;
  }

  /** `unserved` when the process was gone before it took the job: another environment may take it. */
  invoke(job: Job): Promise<Outcome | "unserved"> {
    return new Promise((resolve) => {
      this.#running = { job, done: resolve, started: 0, timer: undefined, watch: undefined };
      if (this.#dead) return this.#finish("unserved");
      if (this.#waiting !== undefined) this.#deliver();
      else
        this.#running.timer = setTimeout(
          () => this.#timeOut(),
          this.#ready ? this.#limit() : INIT_LIMIT + this.#limit(),
        );
    });
  }

  kill(): void {
    this.#dead = true;
    this.#process.kill();
  }

  next(send: (delivery: Delivery) => void): void {
    this.#waiting = send;
    if (!this.#ready) {
      this.#ready = true;
      this.#initDuration = performance.now() - this.#born;
      setImmediate(() => this.onReady());
    }
    if (this.#running !== undefined && this.#running.started === 0) this.#deliver();
  }

  chunk(requestId: string, chunk: Buffer, contentType: string | undefined): void {
    const running = this.#running;
    if (running?.job.requestId === requestId) running.job.onChunk?.(chunk, contentType);
  }

  respond(requestId: string, body: Buffer, facts: Parameters<RuntimeSide["respond"]>[2]): boolean {
    const running = this.#running;
    if (running === undefined || running.started === 0 || running.job.requestId !== requestId) return false;
    if (facts.errorType !== undefined) {
      this.#complete(Buffer.from(facts.errorBody ?? "", "base64"), { status: "error", errorType: facts.errorType });
    } else if (body.length > (facts.streamed ? MAX_STREAMED : MAX_RESPONSE)) {
      this.#complete(
        Buffer.from(
          JSON.stringify({
            errorType: "Function.ResponseSizeTooLarge",
            errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE} bytes).`,
          }),
        ),
        { status: "error", errorType: "Function.ResponseSizeTooLarge" },
      );
    } else {
      this.#complete(body, { status: "success", contentType: facts.contentType });
    }
    return true;
  }

  fail(requestId: string | undefined, body: Buffer, errorType: string | undefined): boolean {
    if (requestId === undefined) {
      this.#initFailure = body;
      return true;
    }
    if (this.#running?.job.requestId !== requestId) return false;
    this.#complete(body, { status: "error", errorType });
    return true;
  }

  #deliver(): void {
    const send = this.#waiting;
    const running = this.#running;
    if (send === undefined || running === undefined) return;
    this.#waiting = undefined;
    const { job } = running;
    if (running.timer !== undefined) clearTimeout(running.timer);
    running.started = performance.now();
    running.timer = setTimeout(() => this.#timeOut(), this.#limit());
    running.watch = setInterval(() => this.#watchMemory(), WATCH_EVERY).unref();
    const { requestId, invokedArn, traceId, clientContext, payload } = job;
    const now = Date.now();
    const clockOffset = this.facts.deployment.worldClock ? Math.round(job.world.clock.now() - now) : undefined;
    send({ requestId, deadline: now + this.#limit(), invokedArn, traceId, clientContext, clockOffset, payload });
  }

  #limit(): number {
    return this.facts.deployment.timeout * 1000;
  }

  #timeOut(): void {
    const running = this.#running;
    if (running === undefined) return;
    const seconds = this.facts.deployment.timeout;
    this.#dead = true;
    this.#lines.push({
      message: timeoutLine(running.job.requestId, seconds, running.job.world.clock.now()),
      at: performance.now(),
    });
    this.#complete(
      sandboxError(
        "Sandbox.Timedout",
        `RequestId: ${running.job.requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
      ),
      { status: "timeout" },
    );
    this.#process.kill();
    this.onDeath();
  }

  #ended(end: ProcessEnd): void {
    const wasDead = this.#dead;
    this.#dead = true;
    if (!wasDead) this.onDeath();
    const running = this.#running;
    if (running === undefined) return;
    if (this.#initFailure !== undefined)
      return this.#complete(this.#initFailure, { status: "failure", errorType: errorTypeOf(this.#initFailure) });
    if (running.started === 0 && this.#ready) return this.#finish("unserved");
    const errorType = this.#tooLarge ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    const reason = `RequestId: ${running.job.requestId} Error: ${exitReason(end)}`;
    this.#complete(sandboxError(errorType, reason), { status: "failure", errorType });
  }

  /** Twice the memory: a Node or Python on this machine takes more than in Lambda before it frees any. */
  #watchMemory(): void {
    const limit = this.facts.deployment.memorySize * 2;
    if ((this.#process.memory() ?? 0) <= limit) return;
    this.#tooLarge = true;
    this.#process.kill();
  }

  #complete(
    payload: Uint8Array,
    result: {
      readonly status: InvocationFacts["status"];
      readonly errorType?: string | undefined;
      readonly contentType?: string | undefined;
    },
  ): void {
    const running = this.#running;
    if (running === undefined) return;
    // Let log output that was written before the response arrive.
    setImmediate(() => {
      if (this.#running !== running) return;
      const lines = this.#linesOf(running, result);
      this.#finish({
        payload,
        functionError: result.status === "success" ? undefined : "Unhandled",
        contentType: result.contentType,
        lines,
        logStream: this.facts.logStream,
      });
    });
  }

  #linesOf(
    running: Running,
    result: { readonly status: InvocationFacts["status"]; readonly errorType?: string | undefined },
  ): LogLine[] {
    const { deployment } = this.facts;
    const { job } = running;
    const now = job.world.clock.now();
    const json = deployment.logFormat === "JSON";
    const quiet = deployment.systemLogLevel === "WARN";
    const first = this.usedAt === 0;
    const facts: InvocationFacts = {
      requestId: job.requestId,
      version: deployment.version,
      runtime: deployment.runtime,
      memorySize: deployment.memorySize,
      duration: running.started === 0 ? 0 : performance.now() - running.started,
      memoryUsed: this.#tooLarge ? deployment.memorySize : this.#process.peakMemory(),
      initDuration: first ? this.#initDuration : undefined,
      status: result.status,
      errorType: result.errorType,
    };
    const ended = performance.now();
    const startedAt = running.started === 0 ? ended : running.started;
    const own = this.#lines.splice(0);
    const before = own.filter((line) => line.at < startedAt);
    const events = [
      ...(first && !quiet ? [{ message: initStartLine(this.facts.runtimeVersion, json, now), at: this.#born }] : []),
      ...before,
      ...(quiet ? [] : [{ message: startLine(facts, json, now), at: startedAt }]),
      ...own.slice(before.length),
      ...(quiet && result.status === "success"
        ? []
        : endLines(facts, json, now).map((message) => ({ message, at: ended }))),
    ];
    this.usedAt = ended;
    // Host time that has passed; a clock that is held or being advanced stands still.
    const { stands } = job.world.clock;
    return events.map(({ message, at }) => ({ timestamp: stands ? now : Math.round(now - (ended - at)), message }));
  }

  #finish(outcome: Outcome | "unserved"): void {
    const running = this.#running;
    if (running === undefined) return;
    clearTimeout(running.timer);
    clearInterval(running.watch);
    this.#running = undefined;
    running.done(outcome);
  }
}

function errorTypeOf(body: Buffer): string | undefined {
  try {
    return (JSON.parse(body.toString("utf8")) as { errorType?: string }).errorType;
  } catch {
    return undefined;
  }
}
