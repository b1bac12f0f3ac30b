// The lines Lambda itself writes around an invocation, as text or JSON.

export type InvocationFacts = {
  readonly requestId: string;
  readonly version: string;
  readonly runtime: string;
  readonly memorySize: number;
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

export function initStartLine(runtime: string, initializationType: string, json: boolean, now: number): string {
  if (json)
    return platformLine("platform.initStart", { initializationType, phase: "init", runtimeVersion: runtime }, now);
  return `INIT_START Runtime Version: ${runtime}\n`;
}

export type InitFacts = {
  readonly initializationType: string;
  /** The first time, or again within an invocation. */
  readonly phase: "init" | "invoke";
  readonly status: "timeout" | "error";
  readonly errorType: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
};

/** Only of initialisations that fail. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export function initReportLine({ duration, errorType, ...facts }: InitFacts, json: boolean, now: number): string {
  const metrics = { durationMs: rounded(duration) };
  const error = errorType === undefined ? {} : { errorType };
  if (json) return platformLine("platform.initReport", { ...facts, ...error, metrics }, now);
  const ending = errorType === undefined ? "" : `\tError Type: ${errorType}`;
  return `INIT_REPORT Init Duration: ${metrics.durationMs.toFixed(2)} ms\tPhase: ${facts.phase}\tStatus: ${facts.status}${ending}\n`;
}

export function startLine(facts: Pick<InvocationFacts, "requestId" | "version">, json: boolean, now: number): string {
  if (json) return platformLine("platform.start", { requestId: facts.requestId, version: facts.version }, now);
  return `START RequestId: ${facts.requestId} Version: ${facts.version}\n`;
}

/** END and REPORT. */
export function endLines(facts: InvocationFacts, json: boolean, now: number): string[] {
  const { duration, billed } = durations(facts);
  if (json) return [platformLine("platform.report", reportRecord(facts), now)];
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

/** As the JSON format and telemetry have it. */
export function reportRecord(facts: InvocationFacts): object {
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

/** Since August 2025 initialisation is billed too. */
function durations(facts: InvocationFacts): { readonly duration: number; readonly billed: number } {
  const duration = Math.max(0.01, rounded(facts.duration));
  return { duration, billed: Math.ceil(duration + (facts.initDuration ?? 0)) };
}

/** Of an extension, once initialisation is over. */
export function extensionLine(
  facts: {
    readonly name: string;
    readonly state: string;
    readonly events: readonly string[];
    readonly errorType?: string | undefined;
  },
  json: boolean,
  now: number,
): string {
  if (json) return platformLine("platform.extension", facts, now);
  const error = facts.errorType === undefined ? "" : `\tError Type: ${facts.errorType}`;
  return `EXTENSION\tName: ${facts.name}\tState: ${facts.state}\tEvents: [${facts.events.join(", ")}]${error}\n`;
}

export function subscriptionLine(
  { name, types, logsApi }: { readonly name: string; readonly types: readonly string[]; readonly logsApi: boolean },
  json: boolean,
  now: number,
): string {
  const state = "Subscribed";
  if (json) return platformLine(`platform.${logsApi ? "logs" : "telemetry"}Subscription`, { name, state, types }, now);
  return `${logsApi ? "LOGS" : "TELEMETRY"}\tName: ${name}\tState: ${state}\tTypes: [${types.join(", ")}]\n`;
}

export function timeoutLine(requestId: string, seconds: number, now: number): string {
  return `${isoTime(now)} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds\n\n`;
}

function platformLine(type: string, record: object, now: number): string {
  return `${JSON.stringify({ time: isoTime(now), type, record })}\n`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
