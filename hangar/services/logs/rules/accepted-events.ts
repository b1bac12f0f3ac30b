// What PutLogEvents takes, refuses or leaves out. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html

import type { InputLogEvent, RejectedLogEventsInfo } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OVERHEAD = 26;
const BATCH_LIMIT = 1_048_576;
const EVENT_LIMIT = 1_048_576;

export type Accepted = {
  readonly events: readonly InputLogEvent[];
  readonly rejected: RejectedLogEventsInfo | undefined;
  readonly bytes: number;
};

export function acceptedEvents(
  events: readonly InputLogEvent[],
  now: number,
  retentionInDays: number | undefined,
): Accepted {
  checkBatch(events);
  const tooNew = events.findIndex((event) => event.timestamp > now + 2 * HOUR);
  const tooOld = events.findLastIndex((event) => event.timestamp < now - 14 * DAY) + 1;
  const expired =
    retentionInDays === undefined
      ? 0
      : events.findLastIndex((event) => event.timestamp < now - retentionInDays * DAY) + 1;
  const kept = events.slice(Math.max(tooOld, expired), tooNew < 0 ? events.length : tooNew);
  const rejected = {
    ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }),
    ...(expired === 0 ? {} : { expiredLogEventEndIndex: expired }),
  };
  return {
    events: kept,
    rejected: Object.keys(rejected).length === 0 ? undefined : rejected,
    bytes: kept.reduce((sum, event) => sum + sizeOf(event), 0),
  };
}

function checkBatch(events: readonly InputLogEvent[]): void {
  let size = 0;
  let previous = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.timestamp < previous)
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
    previous = event.timestamp;
    const bytes = sizeOf(event);
    if (bytes > EVENT_LIMIT)
      throw invalidParameter(`Log event too large: ${bytes} bytes exceeds limit of ${EVENT_LIMIT}`);
    size += bytes;
  }
  if (size > BATCH_LIMIT) throw invalidParameter(`Upload too large: ${size} bytes exceeds limit of ${BATCH_LIMIT}`);
  const [first] = events;
  if (first !== undefined && previous - first.timestamp > DAY) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
}

export function sizeOf(event: { readonly message: string }): number {
  return Buffer.byteLength(event.message) + OVERHEAD;
}
