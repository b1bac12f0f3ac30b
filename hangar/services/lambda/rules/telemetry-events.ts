// Telemetry events, and what the Logs API, which came before, calls them.

/** `stream` is what subscriptions choose by. */
export type TelemetryEvent = {
  readonly stream: "platform" | "function" | "extension";
  readonly type: string;
  /** ISO 8601. */
  readonly time: string;
  readonly record: unknown;
};

const RENAMED: Readonly<Record<string, string>> = { "platform.telemetrySubscription": "platform.logsSubscription" };
const KNOWN = new Set(["start", "runtimeDone", "report", "extension", "telemetrySubscription", "logsDropped"]);

/** Undefined for what the Logs API does not tell of. */
export function logsApiEvent(event: Omit<TelemetryEvent, "stream">): object | undefined {
  const { type, time, record } = event;
  const name = /^platform\.(.+)$/.exec(type)?.[1];
  if (name === undefined) return { time, type, record };
  if (!KNOWN.has(name)) return undefined;
  return { time, type: RENAMED[type] ?? type, record };
}
