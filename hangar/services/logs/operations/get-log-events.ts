// Reads a stream forwards or backwards. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html

import { compositeKey, type Range } from "../../../kernel/table.ts";
import type { GetLogEventsInput, GetLogEventsOutput } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";
import { sizeOf } from "../rules/accepted-events.ts";
import { firstIdAt, formatToken, parseToken, type StreamToken } from "../rules/event-id.ts";
import { groupNameOf } from "../rules/identifier.ts";
import { groupAt, operation, streamAt, type StoredEvent } from "../store.ts";

const PAGE = 10_000;
const PAGE_BYTES = 1_048_576;

export const getLogEvents = operation<GetLogEventsInput, GetLogEventsOutput>((input, { store, clock }) => {
  const group = groupNameOf(input);
  groupAt(store, group);
  streamAt(store, group, input.logStreamName);
  const token = tokenOf(input.nextToken);
  const key = (id: string): string => compositeKey(group, input.logStreamName, id);
  const forwards = token === undefined ? input.startFromHead === true : token.direction === "f";
  const from = firstIdAt(input.startTime ?? 0);
  const to = input.endTime === undefined ? undefined : firstIdAt(input.endTime);
  const range: Range = {
    prefix: key(""),
    from: key(from),
    ...(token?.direction === "f" ? { after: key(token.id) } : {}),
    ...(to === undefined && token?.direction !== "b" ? {} : { to: key(earlier(to, token)) }),
    reverse: !forwards,
  };
  const events = page(store.streamEvents.rows(range), input.limit ?? PAGE);
  if (!forwards) events.reverse();
  const { first, last } = ends(events, token, from, firstIdAt(clock.now()));
  return {
    events: events.map(({ timestamp, message, ingestion }) => ({ timestamp, message, ingestionTime: ingestion })),
    nextForwardToken: formatToken({ direction: "f", id: last }),
    nextBackwardToken: formatToken({ direction: "b", id: first }),
  };
});

function tokenOf(text: string | undefined): StreamToken | undefined {
  if (text === undefined) return undefined;
  const token = parseToken(text);
  if (token === undefined) throw invalidParameter("The specified nextToken is invalid.");
  return token;
}

function earlier(to: string | undefined, token: StreamToken | undefined): string {
  const bound = token?.direction === "b" ? token.id : undefined;
  if (to === undefined) return bound ?? "";
  return bound === undefined || to < bound ? to : bound;
}

/** At the end of a stream the token that was given comes back, which is how callers know. */
function ends(
  events: readonly StoredEvent[],
  token: StreamToken | undefined,
  from: string,
  now: string,
): { first: string; last: string } {
  const first = events[0]?.id ?? token?.id ?? (from > now ? from : now);
  return { first, last: events.at(-1)?.id ?? token?.id ?? first };
}

function page(rows: Iterable<StoredEvent>, limit: number): StoredEvent[] {
  const out: StoredEvent[] = [];
  let bytes = 0;
  for (const event of rows) {
    bytes += sizeOf(event);
    if (out.length > 0 && bytes > PAGE_BYTES) break;
    out.push(event);
    if (out.length === limit) break;
  }
  return out;
}
