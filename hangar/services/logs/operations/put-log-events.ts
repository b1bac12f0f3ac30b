// Appends events to a stream. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html

import { compositeKey } from "../../../kernel/table.ts";
import type { PutLogEventsInput, PutLogEventsOutput } from "../../../models/logs.d.ts";
import { acceptedEvents } from "../rules/accepted-events.ts";
import { eventId } from "../rules/event-id.ts";
import { filterPattern } from "../rules/filter-pattern.ts";
import { groupAt, operation, streamAt, type Group, type LogsContext, type StoredEvent, type Stream } from "../store.ts";
import type { DeliverEvents } from "../workers/deliver-events.ts";
import { scheduleExpiry } from "../workers/expire-events.ts";

export const putLogEvents = operation<PutLogEventsInput, PutLogEventsOutput>((input, context) => {
  const group = groupAt(context.store, input.logGroupName);
  const stream = streamAt(context.store, input.logGroupName, input.logStreamName);
  return append(context, { group, stream }, input.logEvents);
});

type Line = PutLogEventsInput["logEvents"][number];

export function append(
  context: LogsContext,
  { group, stream }: { group: Group; stream: Stream },
  lines: readonly Line[],
): PutLogEventsOutput {
  const { store, clock, ids } = context;
  const now = clock.now();
  const { events, rejected, bytes } = acceptedEvents(lines, now, group.retentionInDays);
  // Since 2023 tokens are given, and taken whatever they are.
  const sequenceToken = `4963${ids.text("0123456789", 52)}`;
  let arrival = store.arrivals.get(group.name) ?? 0;
  const stored = events.map((line): StoredEvent => {
    arrival += 1;
    return {
      id: eventId(line.timestamp, arrival),
      stream: stream.name,
      timestamp: line.timestamp,
      message: line.message,
      ingestion: now,
    };
  });
  for (const event of stored) {
    store.events.put(compositeKey(group.name, event.id), event);
    store.streamEvents.put(compositeKey(group.name, stream.name, event.id), event);
  }
  const [first] = stored;
  const last = stored.at(-1);
  if (first !== undefined && last !== undefined) {
    store.arrivals.put(group.name, arrival);
    store.groups.put(group.name, { ...group, storedBytes: group.storedBytes + bytes });
    store.streams.put(compositeKey(group.name, stream.name), {
      ...stream,
      firstEvent: Math.min(stream.firstEvent ?? first.timestamp, first.timestamp),
      lastEvent: Math.max(stream.lastEvent ?? last.timestamp, last.timestamp),
      lastIngestion: now,
      sequenceToken,
    });
    if (group.retentionInDays !== undefined && !store.expiries.has(group.name)) scheduleExpiry(context, group.name);
    notifySubscribers(context, group, stored);
  }
  return { nextSequenceToken: sequenceToken, ...(rejected === undefined ? {} : { rejectedLogEventsInfo: rejected }) };
}

function notifySubscribers({ store, scheduler }: LogsContext, group: Group, events: readonly StoredEvent[]): void {
  for (const filter of store.subscriptionFilters.rows({ prefix: compositeKey(group.name, "") })) {
    const matches = filterPattern(filter.pattern);
    const found = events.filter((event) => matches(event.message) !== undefined);
    const [first] = found;
    if (first === undefined) continue;
    const data: DeliverEvents = {
      group: group.name,
      stream: first.stream,
      filter: filter.name,
      events: found.map(({ id, timestamp, message }) => ({ id, timestamp, message })),
      attempt: 0,
    };
    scheduler.later("logs.deliverEvents", data);
  }
}
