// Searches a group, oldest first across its streams. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import { compositeKey, type Range } from "../../../kernel/table.ts";
import type { FilterLogEventsInput, FilterLogEventsOutput } from "../../../models/logs.d.ts";
import { invalidParameter, streamNotFound, validationException } from "../errors.ts";
import { sizeOf } from "../rules/accepted-events.ts";
import { firstIdAt, keyOfPageToken, pageToken } from "../rules/event-id.ts";
import { filterPattern } from "../rules/filter-pattern.ts";
import { groupNameOf } from "../rules/identifier.ts";
import { groupAt, operation, type LogsStore, type StoredEvent } from "../store.ts";

const PAGE_BYTES = 1_048_576;

export const filterLogEvents = operation<FilterLogEventsInput, FilterLogEventsOutput>((input, { store }) => {
  const group = groupNameOf(input);
  groupAt(store, group);
  if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
    throw validationException("logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
  }
  for (const name of input.logStreamNames ?? [])
    if (!store.streams.has(compositeKey(group, name))) throw streamNotFound();
  if (input.startFromHead === false) throw notEmulated("searching from the newest event back (startFromHead)");
  const after = tokenOf(input.nextToken);
  const matches = filterPattern(input.filterPattern ?? "");
  const limit = input.limit ?? 10_000;
  const found: StoredEvent[] = [];
  let bytes = 0;
  for (const event of candidates(store, group, input, after)) {
    if (!inStreams(event, input) || matches(event.message) === undefined) continue;
    bytes += sizeOf(event);
    if (found.length === limit || (found.length > 0 && bytes > PAGE_BYTES))
      return { ...answer(found), nextToken: pageToken(found.at(-1)?.id ?? "") };
    found.push(event);
  }
  return answer(found);
});

/** One stream is read by itself; several are read in the group's order. */
function candidates(
  store: LogsStore,
  group: string,
  input: FilterLogEventsInput,
  after: string | undefined,
): Iterable<StoredEvent> {
  const [stream] = input.logStreamNames?.length === 1 ? input.logStreamNames : [];
  const key = (id: string): string =>
    stream === undefined ? compositeKey(group, id) : compositeKey(group, stream, id);
  const range: Range = {
    prefix: key(""),
    from: key(firstIdAt(input.startTime ?? 0)),
    ...(after === undefined ? {} : { after: key(after) }),
    // The end is included, unlike GetLogEvents'.
    ...(input.endTime === undefined ? {} : { to: key(firstIdAt(input.endTime + 1)) }),
  };
  return stream === undefined ? store.events.rows(range) : store.streamEvents.rows(range);
}

function inStreams(event: StoredEvent, { logStreamNames, logStreamNamePrefix }: FilterLogEventsInput): boolean {
  if (logStreamNames !== undefined) return logStreamNames.includes(event.stream);
  return logStreamNamePrefix === undefined || event.stream.startsWith(logStreamNamePrefix);
}

function tokenOf(token: string | undefined): string | undefined {
  const id = keyOfPageToken(token);
  if (id !== undefined && !/^\d{56}$/.test(id)) throw invalidParameter("The specified nextToken is invalid.");
  return id;
}

function answer(found: readonly StoredEvent[]): FilterLogEventsOutput {
  return {
    events: found.map((event) => ({
      logStreamName: event.stream,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.ingestion,
      eventId: event.id,
    })),
    searchedLogStreams: [],
  };
}
