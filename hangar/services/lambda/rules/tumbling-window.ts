// Tumbling windows: which one a record falls into, and what the function is told of it.
// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html

import type { CursorRow } from "../store.ts";

type Window = NonNullable<CursorRow["window"]>;

/** A bigger state ends its window early. */
const MAX_STATE = 1024 * 1024;

/** Start of the window that a time falls into, in milliseconds. */
export function windowStart(time: number, seconds: number): number {
  return Math.floor(time / (seconds * 1000)) * seconds * 1000;
}

export function windowEvent(
  window: Window,
  facts: { readonly shardId: string; readonly sourceArn: string; readonly final: boolean },
): Readonly<Record<string, unknown>> {
  return {
    window: { start: inSeconds(window.start), end: inSeconds(window.start + window.seconds * 1000) },
    state: JSON.parse(window.state) as unknown,
    shardId: facts.shardId,
    eventSourceARN: facts.sourceArn,
    isFinalInvokeForWindow: facts.final,
    isWindowTerminatedEarly: facts.final && window.early === true,
  };
}

function inSeconds(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

/** The state a function handed back; undefined, which counts as a failure, when it handed back none. */
export function returnedState(payload: Uint8Array): string | undefined {
  try {
    const { state } = JSON.parse(Buffer.from(payload).toString("utf8")) as { readonly state?: unknown };
    return typeof state === "object" && state !== null ? JSON.stringify(state) : undefined;
  } catch {
    return undefined;
  }
}

export function isTooBig(state: string): boolean {
  return Buffer.byteLength(state) > MAX_STATE;
}
