// The lines Lambda itself writes around an invocation: in a text log, and as records of a JSON log and of telemetry.

import type { PlatformRecord } from "./log-levels.ts";

export type InvocationFacts = {
  readonly requestId: string;
  readonly version: string;
  readonly runtime: string;
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
  /** Milliseconds. */
  readonly duration: number;
  /** MB. */
  readonly memoryUsed: number | undefined;
  /** Milliseconds, on the first invocation of an environment. */
  readonly initDuration: number | undefined;
  readonly status: "success" | "error" | "timeout" | "failure";
  readonly errorType?: string | undefined;
};

const isoTime = (now: number): string => new Date(now).toISOString();

/** Where the runtime is Lambda's. */
export type RuntimeVersion = { readonly runtimeVersion: string; readonly runtimeVersionArn: string };

export function initStartLine({ runtimeVersion, runtimeVersionArn }: RuntimeVersion): string {
  return `INIT_START Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${runtimeVersionArn}\n`;
}

export type InitFacts = {
  readonly initializationType: string;
  /** The first time, or again within an invocation. */
  readonly phase: "init" | "invoke";
  readonly status: "success" | "timeout" | "error";
  readonly errorType: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
};

/** Only of initialisations that fail. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export function initReportLine({ duration, errorType, phase, status }: InitFacts): string {
  const ending = errorType === undefined ? "" : `\tError Type: ${errorType}`;
  return `INIT_REPORT Init Duration: ${rounded(duration).toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${ending}\n`;
}

export function initRecord({ initializationType, phase, status, errorType }: InitFacts): PlatformRecord {
  return { initializationType, phase, status, ...(errorType === undefined ? {} : { errorType }) };
}

export function initReportRecord(facts: InitFacts): PlatformRecord {
  return { ...initRecord(facts), metrics: { durationMs: rounded(facts.duration) } };
}

export function startLine(facts: Pick<InvocationFacts, "requestId" | "version">): string {
  return `START RequestId: ${facts.requestId} Version: ${facts.version}\n`;
}

/** END and REPORT. */
export function endLines(facts: InvocationFacts): string[] {
  const { duration, billed } = durations(facts);
  const init = facts.initDuration === undefined ? "" : `Init Duration: ${rounded(facts.initDuration).toFixed(2)} ms\t`;
  const status =
    facts.status === "timeout"
      ? "Status: timeout"
      : facts.status === "failure"
        ? `Status: error\tError Type: ${facts.errorType ?? "Runtime.ExitError"}`
        : "";
  return [
    `END RequestId: ${facts.requestId}\n`,
    `REPORT RequestId: ${facts.requestId}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${billed} ms\tMemory Size: ${facts.memorySize} MB\tMax Memory Used: ${facts.memoryUsed ?? 0} MB\t${init}${status}\n`,
  ];
}

export function runtimeDoneRecord(facts: InvocationFacts, producedBytes: number): PlatformRecord {
  const { requestId, status, errorType } = facts;
  return {
    requestId,
    status,
    ...(errorType === undefined ? {} : { errorType }),
    metrics: { durationMs: durations(facts).duration, producedBytes },
  };
}

export function reportRecord(facts: InvocationFacts): PlatformRecord {
  const { duration, billed } = durations(facts);
  return {
    requestId: facts.requestId,
    metrics: {
      durationMs: duration,
      billedDurationMs: billed,
      memorySizeMB: facts.memorySize,
      maxMemoryUsedMB: facts.memoryUsed ?? 0,
      ...(facts.initDuration === undefined ? {} : { initDurationMs: rounded(facts.initDuration) }),
    },
    status: facts.status,
    ...(facts.errorType === undefined ? {} : { errorType: facts.errorType }),
  };
}

/** One that timed out has taken its time, no more. Since August 2025 initialisation is billed too. */
function durations(facts: InvocationFacts): { readonly duration: number; readonly billed: number } {
  const taken = facts.status === "timeout" ? Math.min(facts.duration, facts.timeout * 1000) : facts.duration;
  const duration = Math.max(0.01, rounded(taken));
  return { duration, billed: Math.ceil(duration + (facts.initDuration ?? 0)) };
}

export type ExtensionFacts = {
  readonly name: string;
  readonly state: string;
  readonly events: readonly string[];
  readonly errorType?: string | undefined;
};

/** Of an extension, once initialisation is over. */
export function extensionLine({ name, state, events, errorType }: ExtensionFacts): string {
  const error = errorType === undefined ? "" : `\tError Type: ${errorType}`;
  return `EXTENSION\tName: ${name}\tState: ${state}\tEvents: [${events.join(", ")}]${error}\n`;
}

export function subscriptionLine(api: string, name: string, types: readonly string[]): string {
  return `${api.toUpperCase()}\tName: ${name}\tState: Subscribed\tTypes: [${types.join(", ")}]\n`;
}

export function timeoutLine(requestId: string, seconds: number, now: number): string {
  return `${isoTime(now)} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds\n\n`;
}

export function platformLine(type: string, record: PlatformRecord, now: number): string {
  return `${JSON.stringify({ time: isoTime(now), type, record })}\n`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
