// Waits on a target that does not say when it is done: asks again until there is an answer, or until nothing moves.

import { duration } from "../kernel/clock.ts";
import type { HostTime } from "../kernel/host-time.ts";
import type { ApiCall } from "./sdk-call.ts";
import type { SettleOptions, TargetName, Watched } from "./target.ts";

export type Polled = {
  readonly target: TargetName;
  readonly watched: Watched;
  readonly call: ApiCall;
  readonly host: HostTime;
};

const WITHIN = "90 seconds";
const INTERVAL = 250;
/** Log lines arrive late: LocalStack's when the invocation ends, AWS's after some seconds. */
const QUIET: Readonly<Record<TargetName, number>> = { embedded: 0, localstack: 5000, aws: 10_000 };
const COUNTS = {
  ApproximateNumberOfMessages: "waiting",
  ApproximateNumberOfMessagesNotVisible: "in flight",
  ApproximateNumberOfMessagesDelayed: "delayed",
} as const;

/** Answers what `until` answers. When the deadline passes it throws an Error that says what is still pending. */
export async function settlePolling<T>(polled: Polled, { within = WITHIN, until }: SettleOptions<T>): Promise<T> {
  const { host, target } = polled;
  const end = host.now() + duration(within);
  const late = (what: string, cause?: unknown): never => {
    const text = `Not settled on ${target} within ${typeof within === "number" ? `${within} ms` : within}: ${what}`;
    throw new Error(text, { cause });
  };
  if (until === undefined) return (await quiet(polled, end, late)) as T;
  for (;;) {
    try {
      return await until();
    } catch (error) {
      if (host.now() >= end) {
        const pending = await Promise.all([busyQueues(polled), busyFunctions(polled)]).catch(() => []);
        return late([error instanceof Error ? error.message : String(error), ...pending.flat()].join("\n  "), error);
      }
    }
    await host.wait(INTERVAL);
  }
}

async function quiet(polled: Polled, end: number, late: (what: string) => never): Promise<void> {
  const silence = silenceOf(polled);
  for (;;) {
    const pending = [...(await busyQueues(polled)), ...(await notSilentYet(polled, silence))];
    if (pending.length === 0) return;
    if (polled.host.now() >= end) late(pending.join("\n  "));
    await polled.host.wait(INTERVAL);
  }
}

/** Lines carry the time at which they were written, and are seen later. */
type Silence = { readonly logGroup: string; line: number; since: number };

/** Each log group is taken to have been written to right now. */
function silenceOf({ watched, host, target }: Polled): readonly Silence[] {
  const since = host.now();
  return watched.logGroups.map((logGroup) => ({ logGroup, line: since - QUIET[target], since }));
}

async function notSilentYet({ call, host, target }: Polled, silence: readonly Silence[]): Promise<string[]> {
  const wanted = QUIET[target];
  const pending: string[] = [];
  // One after the other: AWS takes five such questions a second of a whole account.
  for (const each of silence) {
    const now = host.now();
    const line = await patiently(host, () => newestLine(call, each));
    if (line !== undefined) Object.assign(each, { line, since: now });
    const left = wanted - (now - each.since);
    if (left > 0)
      pending.push(`${each.logGroup}: may still write, ${seconds(left)} of the ${seconds(wanted)} of silence to go`);
  }
  return pending;
}

/** Asks again later what was asked too often, for a minute at most: the SDK's own attempts are over within half a second. */
async function patiently<T>(host: HostTime, ask: () => Promise<T>): Promise<T> {
  const end = host.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error as Error).name.startsWith("Throttling") || host.now() >= end) throw error;
      await host.wait(1000);
    }
  }
}

/** Those whose last line is so young that the next one may be on its way. */
async function busyFunctions(polled: Polled): Promise<string[]> {
  const lines = silenceOf(polled).map(async (each) => {
    const line = await newestLine(polled.call, each);
    return line === undefined ? [] : [`${each.logGroup}: wrote ${seconds(each.since - line)} ago`];
  });
  return (await Promise.all(lines)).flat();
}

async function busyQueues({ watched, call }: Polled): Promise<string[]> {
  const queues = watched.queues.map(async (queueUrl) => {
    const attributes = await attributesOf(call, queueUrl);
    const counts = Object.entries(COUNTS).flatMap(([name, says]) => {
      const count = Number(attributes[name] ?? 0);
      return count === 0 ? [] : [`${count} ${says}`];
    });
    return counts.length === 0 ? [] : [`queue ${queueUrl.slice(queueUrl.lastIndexOf("/") + 1)}: ${counts.join(", ")}`];
  });
  return (await Promise.all(queues)).flat();
}

function seconds(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
}

async function attributesOf(call: ApiCall, QueueUrl: string): Promise<Readonly<Record<string, unknown>>> {
  const { Attributes } = await call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
  return (Attributes ?? {}) as Readonly<Record<string, unknown>>;
}

/** In milliseconds of the epoch; undefined when there is none after the one known. */
async function newestLine(call: ApiCall, { logGroup, line }: Silence): Promise<number | undefined> {
  try {
    const { events } = await call("logs", "FilterLogEvents", { logGroupName: logGroup, startTime: line + 1 });
    const times = ((events ?? []) as readonly { readonly timestamp: number }[]).map(({ timestamp }) => timestamp);
    return times.length === 0 ? undefined : Math.max(...times);
  } catch (error) {
    // A function that never ran has no log group yet.
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
