// One execution environment: a process, one invocation at a time, its deadline and its death.

import type { World } from "../../../cloud/world.ts";
import type { Credentials } from "../../../ports/access.ts";
import type { LogLine } from "../../../ports/logs.ts";
import { exitReason } from "../rules/exit-reason.ts";
import { reportRecord, timeoutLine, type InvocationFacts } from "../rules/log-lines.ts";
import type { ProcessEnd, RuntimeProcess } from "./child-process.ts";
import { Companions, type Failure } from "./companions.ts";
import { sandboxError, type Job, type Outcome } from "./deployment.ts";
import { invocationFacts, type EnvironmentFacts, type Result, type Running } from "./environment-facts.ts";
import { EnvironmentLog } from "./environment-log.ts";
import type { Launch } from "./extension-processes.ts";
import type { Answer, ExtensionRequest, ShutdownReason } from "./extensions.ts";
import { Freezer } from "./freezer.ts";
import { answerOf, errorTypeOf } from "./runtime-answer.ts";
import type { Delivery, RuntimeSide } from "./runtime-api.ts";

const INIT_LIMIT = 10_000;
const WATCH_EVERY = 100;

export class Environment implements RuntimeSide {
  readonly facts: EnvironmentFacts;
  readonly #process: RuntimeProcess;
  readonly #companions: Companions;
  readonly #log: EnvironmentLog;
  readonly #freezer: Freezer;
  readonly #born = performance.now();
  #waiting: ((delivery: Delivery) => void) | undefined;
  #running: Running | undefined;
  #initDuration: number | undefined;
  #failure: { readonly payload: Uint8Array; readonly errorType: string | undefined } | undefined;
  #ready = false;
  readonly initialised = Promise.withResolvers<boolean>();
  #dead = false;
  #tooLarge = false;
  /** The world it was started in. */
  readonly home: World;
  #world: World;
  /** What stands for its credentials in its world; expires on that world's clock. */
  #present: Credentials;
  usedAt = 0;
  /** `over`: when its extensions are gone too. */
  onDeath: (over: Promise<void> | undefined) => void = () => undefined;
  onReady: () => void = () => undefined;

  constructor(facts: EnvironmentFacts, process: RuntimeProcess, world: World) {
    this.facts = facts;
    this.#process = process;
    this.home = world;
    this.#world = world;
    this.#present = facts.credentials;
    this.#log = new EnvironmentLog(facts);
    this.#companions = new Companions(
      {
        ...facts,
        now: () => this.#world.clock.now(),
        log: (message) => this.#log.add(message),
        proceed: () => this.#proceed(),
        fail: (failure) => this.#failed(failure),
      },
      facts.extensions,
    );
    this.#freezer = new Freezer([process, this.#companions]);
    process.onLine = (message) => {
      this.#log.add(message);
      this.#companions.line(message);
    };
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

  /** Its extensions, whose registration lets the runtime `begin`. */
  launch(launch: Launch, begin: () => void): void {
    this.#companions.launch(launch, this.#process, begin);
  }

  /** `unserved` when the process was gone before it took the job: another environment may take it. */
  invoke(job: Job): Promise<Outcome | "unserved"> {
    this.#freezer.thaw();
    return new Promise((resolve) => {
      this.#running = { job, done: resolve, started: 0, timer: undefined, watch: undefined, report: undefined };
      if (this.#dead) return this.#finish("unserved");
      if (this.#waiting !== undefined && this.#companions.idle) return this.#deliver();
      const limit = this.#ready ? this.#limit() : INIT_LIMIT + this.#limit();
      this.#running.timer = setTimeout(() => this.#timeOut(), limit);
    });
  }

  /** Resolves when nothing of it is left; at once when it has no extensions to tell. */
  end(reason: ShutdownReason = "spindown"): Promise<void> | undefined {
    this.#dead = true;
    this.#freezer.thaw();
    if (this.#companions.any) return this.#companions.shutDown(this.#process, reason);
    this.#process.kill();
    return undefined;
  }

  /** No invocation for now. */
  rest(): void {
    if (this.facts.freezes) this.#freezer.freezeSoon();
  }

  next(send: (delivery: Delivery) => void): void {
    const first = this.#waiting === undefined && !this.#ready;
    this.#waiting = send;
    if (first) this.#companions.runtimeReady();
    this.#proceed();
  }

  extension(call: string, request: ExtensionRequest, answer: Answer): void {
    this.#companions.answer(call, request, answer);
  }

  chunk(requestId: string, chunk: Buffer, contentType: string | undefined): void {
    const running = this.#running;
    if (running?.job.requestId === requestId) running.job.onChunk?.(chunk, contentType);
  }

  respond(requestId: string, body: Buffer, facts: Parameters<RuntimeSide["respond"]>[2]): boolean {
    const running = this.#running;
    if (running === undefined || running.started === 0 || running.job.requestId !== requestId) return false;
    const { payload, result } = answerOf(body, facts);
    this.#complete(payload, result);
    return true;
  }

  fail(requestId: string | undefined, body: Buffer, errorType: string | undefined): boolean {
    if (requestId === undefined) {
      this.#failure = { payload: body, errorType: errorTypeOf(body) };
      return true;
    }
    if (this.#running?.job.requestId !== requestId) return false;
    this.#complete(body, { status: "error", errorType });
    return true;
  }

  /** Runtime and extensions wait: initialisation or an invocation is over, and the next may come. */
  #proceed(): void {
    if (this.#waiting === undefined || !this.#companions.idle) return;
    if (!this.#ready) {
      this.#ready = true;
      this.#initDuration = performance.now() - this.#born;
      this.#companions.initialised(this.#initDuration);
      setImmediate(() => this.onReady());
      this.initialised.resolve(true);
    }
    const running = this.#running;
    if (running?.report !== undefined) running.report();
    else if (running?.started === 0) this.#deliver();
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
    const deadline = now + this.#limit();
    const clockOffset = this.facts.deployment.worldClock ? Math.round(job.world.clock.now() - now) : undefined;
    this.#companions.invoke(job, deadline);
    send({ requestId, deadline, invokedArn, traceId, clientContext, clockOffset, payload });
  }

  #limit(): number {
    return this.facts.deployment.timeout * 1000;
  }

  #timeOut(): void {
    const running = this.#running;
    if (running === undefined) return;
    const seconds = this.facts.deployment.timeout;
    const { requestId, world } = running.job;
    this.#log.add(timeoutLine(requestId, seconds, world.clock.now()));
    const reason = `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
    this.#answer(sandboxError("Sandbox.Timedout", reason), { status: "timeout" });
    this.#die("timeout");
  }

  /** Also of an extension: the environment is of no more use. */
  #failed({ errorType, reason }: Failure): void {
    const payload = (id: string): Uint8Array => sandboxError(errorType, `RequestId: ${id} Error: ${reason}`);
    const running = this.#running;
    if (running !== undefined) this.#answer(payload(running.job.requestId), { status: "failure", errorType });
    this.#die("failure");
  }

  #die(reason: ShutdownReason): void {
    if (this.#dead) return;
    this.initialised.resolve(false);
    this.onDeath(this.end(reason));
  }

  #ended(end: ProcessEnd): void {
    const wasDead = this.#dead;
    this.#die("failure");
    const running = this.#running;
    if (running === undefined) return;
    if (this.#failure !== undefined)
      return this.#answer(this.#failure.payload, { status: "failure", errorType: this.#failure.errorType });
    if (running.started === 0 && (this.#ready || wasDead)) return this.#finish("unserved");
    const errorType = this.#tooLarge ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    const reason = `RequestId: ${running.job.requestId} Error: ${exitReason(end)}`;
    this.#answer(sandboxError(errorType, reason), { status: "failure", errorType });
  }

  /** Twice the memory: a Node or Python on this machine takes more than in Lambda before it frees any. */
  #watchMemory(): void {
    const limit = this.facts.deployment.memorySize * 2;
    if ((this.#process.memory() ?? 0) <= limit) return;
    this.#tooLarge = true;
    this.#process.kill();
  }

  /** An answer, or how things went on after one. */
  #answer(payload: Uint8Array, result: Result): void {
    const { report } = this.#running ?? {};
    if (report === undefined) this.#complete(payload, result);
    else report(result);
  }

  #complete(payload: Uint8Array, result: Result): void {
    const running = this.#running;
    if (running === undefined) return;
    // Let log output that was written before the response arrive.
    setImmediate(() => {
      if (this.#running !== running || running.report !== undefined) return;
      const { requestId, world } = running.job;
      const initDuration = this.#log.first ? this.#initDuration : undefined;
      const at = running.started === 0 ? performance.now() : running.started;
      const outcome = {
        payload,
        functionError: result.status === "success" ? undefined : ("Unhandled" as const),
        contentType: result.contentType,
        lines: this.#log.opening({ requestId, at }, world),
        logStream: this.facts.logStream,
      };
      this.#companions.runtimeDone(this.#factsOf(running, result, initDuration), payload.length);
      const closing = (last: Result): LogLine[] => {
        const facts = this.#factsOf(running, last, initDuration);
        if (this.#companions.any) this.#companions.reported(reportRecord(facts));
        this.usedAt = performance.now();
        return this.#log.closing(facts, world);
      };
      if (this.#companions.idle || this.#dead)
        return this.#finish({ ...outcome, lines: [...outcome.lines, ...closing(result)] });
      const rest = new Promise<readonly LogLine[]>((resolve) => {
        running.report = (last = result) => {
          this.#clear(running);
          resolve(closing(last));
        };
      });
      running.done({ ...outcome, rest });
    });
  }

  #factsOf(running: Running, result: Result, initDuration: number | undefined): InvocationFacts {
    const { deployment } = this.facts;
    const memoryUsed = this.#tooLarge ? deployment.memorySize : this.#process.peakMemory();
    return invocationFacts(deployment, running, { ...result, initDuration, memoryUsed });
  }

  #finish(outcome: Outcome | "unserved"): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#clear(running);
    running.done(outcome);
  }

  #clear(running: Running): void {
    clearTimeout(running.timer);
    clearInterval(running.watch);
    this.#running = undefined;
  }
}
