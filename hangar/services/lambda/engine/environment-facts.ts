// What an environment is told when it is made, and what it knows of the invocation it runs.

import type { Credentials } from "../../../ports/access.ts";
import type { InvocationFacts } from "../rules/log-lines.ts";
import { Deadline } from "./deadline.ts";
import type { Deployment, Job, Outcome } from "./deployment.ts";
import type { EnvironmentFiles } from "./environment-files.ts";
import type { EnvironmentLog } from "./environment-log.ts";
import type { Inspector } from "./inspector.ts";

export type EnvironmentFacts = {
  readonly deployment: Deployment;
  readonly logStream: string;
  /** What its process was started with. */
  readonly credentials: Credentials;
  /** None in a container: its image brings its own. */
  readonly runtimeVersion: string | undefined;
  /** Why it has no mounts of its own, in the log of the first that has none. */
  readonly note: string | undefined;
  /** It may be stopped between invocations: it ends with us all the same. */
  readonly freezes: boolean;
  /** Files in /opt/extensions. */
  readonly extensions: readonly string[];
  /** None where a container has them. */
  readonly files?: EnvironmentFiles | undefined;
  /** Of the environment that failed, and that this one begins again within an invocation. */
  readonly earlier: EnvironmentLog | undefined;
  /** Whose pauses are no time of an initialisation or an invocation. */
  readonly inspector: Inspector | undefined;
};

export type Unserved = "unserved" | "uninitialised";

export type Result = {
  readonly status: InvocationFacts["status"];
  readonly errorType?: string | undefined;
  readonly contentType?: string | undefined;
};

export type Running = {
  readonly job: Job;
  readonly done: (outcome: Outcome | Unserved) => void;
  readonly deadline: Deadline;
  /** When the process was given it. */
  delivered: number;
  /** Bytes of its response that its caller has been given as they came. */
  passedOn: number;
  /** It has answered; extensions are not done, and wait for this to be called. */
  report: ((result?: Result) => void) | undefined;
};

export function newRunning(facts: EnvironmentFacts, job: Job, done: Running["done"], timeOut: () => void): Running {
  const { deployment, inspector } = facts;
  const deadline = new Deadline({ timeout: deployment.timeout, inspector }, timeOut);
  return { job, done, deadline, delivered: 0, passedOn: 0, report: undefined };
}

/** What the caller is told, with the first lines of its log. */
export function outcomeOf(
  { job: { requestId, world }, delivered }: Running,
  payload: Uint8Array,
  { status, contentType }: Result,
  log: EnvironmentLog,
): Omit<Outcome, "logStream" | "rest"> {
  const at = delivered === 0 ? performance.now() : delivered;
  const functionError = status === "success" ? undefined : "Unhandled";
  return { payload, functionError, contentType, lines: log.opening({ requestId, at }, world) };
}

export function invocationFacts(
  { version, runtime, memorySize, timeout }: Deployment,
  { job, deadline: { started } }: Running,
  { status, errorType, ...measured }: Result & Pick<InvocationFacts, "initDuration" | "memoryUsed">,
): InvocationFacts {
  const duration = started === 0 ? 0 : performance.now() - started;
  const { initDuration, memoryUsed } = measured;
  return {
    requestId: job.requestId,
    version,
    runtime,
    memorySize,
    timeout,
    duration,
    memoryUsed,
    initDuration,
    status,
    errorType,
  };
}
