// One execution environment: a process, one invocation at a time, its deadline and its death.

import type { World } from "../../../cloud/world.ts";
import type { LogLine } from "../../../ports/logs.ts";
import { exitReason } from "../rules/exit-reason.ts";
import { reportRecord, timeoutLine, type InvocationFacts } from "../rules/log-lines.ts";
import type { EnvironmentProcess, ProcessEnd } from "./child-process.ts";
import { Companions, type Failure } from "./companions.ts";
import { sandboxError, type Job, type Outcome } from "./deployment.ts";
import {
  invocationFacts,
  newRunning,
  outcomeOf,
  type EnvironmentFacts,
  type Result,
  type Running,
  type Unserved,
} from "./environment-facts.ts";
import { EnvironmentLog } from "./environment-log.ts";
import type { Launch } from "./extension-processes.ts";
import type { Answer, ExtensionRequest, ShutdownReason } from "./extensions.ts";
import { Freezer } from "./freezer.ts";
import { Initialisation } from "./initialisation.ts";
import { MemoryLimit } from "./memory-limit.ts";
import { answerOf, errorTypeOf, withinLimit } from "./runtime-answer.ts";
import type { Delivery, RuntimeSide } from "./runtime-api.ts";
import { Session } from "./session.ts";

export class Environment implements RuntimeSide {
  readonly facts: EnvironmentFacts;
  readonly session: Session;
  readonly #memory: MemoryLimit;
  readonly #process: EnvironmentProcess;
  readonly #companions: Companions;
  /** Goes on in the environment that tries again what failed here. */
  readonly log: EnvironmentLog;
  readonly #freezer: Freezer;
  #waiting: ((delivery: Delivery) => void) | undefined;
  #running: Running | undefined;
  readonly #init: Initialisation;
  #failure: { readonly payload: Uint8Array; readonly errorType: string | undefined } | undefined;
  #dead = false;
  #over: Promise<void> | undefined;
  usedAt = 0;
  /** `over`: when its extensions are gone too. */
  onDeath: (over: Promise<void> | undefined) => void = () => undefined;
  onReady: () => void = () => undefined;

  constructor(facts: EnvironmentFacts, process: EnvironmentProcess, world: World) {
    this.facts = facts;
    this.#process = process;
    this.session = new Session(world, facts.credentials);
    this.#memory = new MemoryLimit(process, facts.deployment.memorySize);
    this.log = new EnvironmentLog(facts);
    this.#init = new Initialisation(facts, this.log, () => {
      this.#initFailed("timeout");
      this.#die("timeout");
    });
    this.#companions = new Companions(
      {
        ...facts,
        now: () => this.session.world.clock.now(),
        log: this.log,
        proceed: () => this.#proceed(),
        fail: (failure) => this.#failed(failure),
      },
      facts.extensions,
    );
    this.#freezer = new Freezer([process, this.#companions]);
    process.onLine = (message) => {
      this.log.add(message);
      this.#companions.line(message);
    };
    process.onEnd = (end) => this.#ended(end);
  }

  /** Whether it came to be ready. */
  get initialised(): Promise<boolean> {
    return this.#init.settled.promise;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Its extensions, whose registration lets the runtime `begin`. */
  launch(launch: Launch, begin: () => void): void {
    this.#companions.launch(launch, begin);
  }

  /** `unserved` when the process was gone before it took the job: another environment may take it; `uninitialised` when it failed before that, for the first time. */
  invoke(job: Job): Promise<Outcome | Unserved> {
    this.#freezer.thaw();
    return new Promise((resolve) => {
      const running = newRunning(this.facts, job, resolve, () => this.#timeOut());
      const { deadline } = running;
      this.#running = running;
      if (this.#dead) return this.#finish(this.#init.failed ? "uninitialised" : "unserved");
      this.#memory.watch();
      if (this.#waiting !== undefined && this.#companions.idle) return this.#deliver();
      if (this.#init.awaited()) return;
      if (!this.#init.over) deadline.started = this.#init.born;
      deadline.watch();
    });
  }

  /** Resolves when nothing of it is left; undefined when there is nothing to wait for. */
  end(reason: ShutdownReason = "spindown"): Promise<void> | undefined {
    if (this.#dead) return this.#over;
    this.#dead = true;
    this.#init.stop();
    this.#freezer.thaw();
    this.#over = this.#companions.any ? this.#companions.shutDown(this.#process, reason) : this.#process.kill();
    return this.#over;
  }

  /** No invocation for now. */
  rest(): void {
    if (this.facts.freezes) this.#freezer.freezeSoon();
  }

  next(send: (delivery: Delivery) => void): void {
    const first = this.#waiting === undefined && !this.#init.over;
    this.#waiting = send;
    if (first) this.#companions.runtimeReady();
    this.#proceed();
  }

  extension(call: string, request: ExtensionRequest, answer: Answer): void {
    this.#companions.answer(call, request, answer);
  }

  chunk(requestId: string, chunk: Buffer, contentType: string | undefined): boolean {
    const running = this.#running;
    if (running?.job.requestId !== requestId || running.job.onChunk === undefined) return false;
    const fitting = withinLimit(chunk, running.passedOn);
    running.passedOn += chunk.length;
    if (fitting.length > 0) running.job.onChunk(fitting, contentType);
    return true;
  }

  respond(requestId: string, body: Buffer, facts: Parameters<RuntimeSide["respond"]>[2]): boolean {
    const running = this.#running;
    if (running === undefined || running.delivered === 0 || running.job.requestId !== requestId) return false;
    const { payload, result } = answerOf(body, facts, running.passedOn);
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
    if (!this.#init.over) {
      this.#memory.look();
      this.#companions.initialised(this.#init.complete());
      setImmediate(() => this.onReady());
    }
    const running = this.#running;
    if (running?.report !== undefined) running.report();
    else if (running?.delivered === 0) this.#deliver();
  }

  #deliver(): void {
    const send = this.#waiting;
    const running = this.#running;
    if (send === undefined || running === undefined) return;
    this.#waiting = undefined;
    const { job } = running;
    running.delivered = performance.now();
    // What was initialised within the invocation has taken of its time.
    if (running.deadline.started === 0) running.deadline.begin(running.delivered);
    const { requestId, invokedArn, traceId, clientContext, payload } = job;
    const now = Date.now();
    const deadline = now + running.deadline.leftAt(running.delivered);
    const clockOffset = this.facts.deployment.worldClock ? Math.round(job.world.clock.now() - now) : undefined;
    this.#companions.invoke(job, deadline);
    send({ requestId, deadline, invokedArn, traceId, clientContext, clockOffset, payload });
  }

  #timeOut(): void {
    const running = this.#running;
    if (running === undefined) return;
    const { requestId, world } = running.job;
    const seconds = this.facts.deployment.timeout;
    this.#initFailed("timeout");
    running.delivered ||= performance.now();
    this.log.add(timeoutLine(requestId, seconds, world.clock.now()));
    const reason = `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
    this.#answer(sandboxError("Sandbox.Timedout", reason), { status: "timeout" });
    this.#die("timeout");
  }

  /** True when the failure was the first, which Lambda does not tell the caller: it tries again. */
  #initFailed(status: "timeout" | "error", errorType?: string): boolean {
    if (!this.#init.fail(status, errorType)) return false;
    this.#finish("uninitialised");
    return true;
  }

  /** Also of an extension: it is of no more use. */
  #failed({ errorType, reason }: Failure): void {
    if (!this.#dead && !this.#initFailed("error", errorType) && this.#running !== undefined)
      this.#answer(this.#told(errorType, this.#running, reason), { status: "failure", errorType });
    this.#die("failure");
  }

  #die(reason: ShutdownReason): void {
    if (this.#dead) return;
    this.#memory.look();
    this.#init.settled.resolve(false);
    this.onDeath(this.end(reason));
  }

  #ended(end: ProcessEnd): void {
    if (end.failure !== undefined) return this.#failed(end.failure);
    this.#memory.ended(end);
    const wasDead = this.#dead;
    const exit = this.#memory.exceeded ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    const errorType = this.#failure === undefined ? exit : this.#failure.errorType;
    const again = !wasDead && this.#initFailed("error", errorType);
    this.#die("failure");
    const running = this.#running;
    if (again || running === undefined) return;
    if (running.delivered === 0 && (this.#init.over || wasDead)) return this.#finish("unserved");
    const payload = this.#failure?.payload ?? this.#told(exit, running, exitReason(end));
    this.#answer(payload, { status: "failure", errorType });
  }

  /** To the log, too. */
  #told(errorType: string, { job }: Running, why: string): Uint8Array {
    const reason = `RequestId: ${job.requestId} Error: ${why}`;
    this.log.failed(reason, errorType);
    return sandboxError(errorType, reason);
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
    this.#process.afterOutput(() => {
      if (this.#running !== running || running.report !== undefined) return;
      const { world } = running.job;
      const initDuration = this.log.first && !this.#init.again ? this.#init.duration : undefined;
      const outcome = { ...outcomeOf(running, payload, result, this.log), logStream: this.facts.logStream };
      const done = this.#factsOf(running, result, initDuration);
      const producedBytes = running.passedOn + payload.length;
      this.log.runtimeDone(done, producedBytes);
      this.#companions.runtimeDone(done, producedBytes);
      const closing = (last: Result): LogLine[] => {
        const facts = this.#factsOf(running, last, initDuration);
        if (this.#companions.any) this.#companions.reported(reportRecord(facts));
        this.usedAt = performance.now();
        return this.log.closing(facts, world);
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
    const measured = { initDuration, memoryUsed: this.#memory.used };
    return invocationFacts(this.facts.deployment, running, { ...result, ...measured });
  }

  #finish(outcome: Outcome | Unserved): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#clear(running);
    running.done(outcome);
  }

  #clear(running: Running): void {
    running.deadline.clear();
    this.#memory.rest();
    this.#running = undefined;
  }
}
