// Reads a lane's next batch from its shard: matching records up to the batch size, the window's end or 6 MB.

import type { Principal } from "../../../cloud/operation.ts";
import type { StreamRecord } from "../../../ports/streams.ts";
import { passes } from "../rules/filter-pattern.ts";
import { patternsOf } from "../rules/mapping.ts";
import { isLater, laneOf } from "../rules/stream-lanes.ts";
import { filterableRecord, streamEventRecord } from "../rules/stream-event.ts";
import { startOf, streamsOf } from "../rules/stream-source.ts";
import { windowStart } from "../rules/tumbling-window.ts";
import type { CursorRow, LambdaContext, MappingRow } from "../store.ts";

const PAGE = 1000;
const MAX_PAYLOAD = 6 * 1024 * 1024;
/** What the event has beside its records. */
const AROUND = 1024;

export type Source = {
  readonly context: LambdaContext;
  readonly poller: Principal;
  readonly shardId: string;
  readonly lane: number;
  readonly lanes: number;
};

export type Gathered = {
  /** What the function shall see. */
  readonly wanted: readonly StreamRecord[];
  /** Above the mapping's age limit: they come before all others. */
  readonly old: readonly StreamRecord[];
  /** Sequence number of the last record that was looked at; undefined when there was none. */
  readonly last: string | undefined;
  /** No more would fit, so there is nothing to wait for. */
  readonly full: boolean;
};

type Gathering = { wanted: StreamRecord[]; old: StreamRecord[]; last: string | undefined; bytes: number };

export async function gatherRecords(source: Source, mapping: MappingRow, cursor: CursorRow): Promise<Gathered> {
  const { context, shardId, poller } = source;
  const found: Gathering = { wanted: [], old: [], last: undefined, bytes: 0 };
  const takes = taker(source, mapping, cursor, found);
  const limit = source.lanes === 1 ? Math.min(PAGE, mapping.BatchSize ?? 100) : PAGE;
  for (;;) {
    const after = found.last ?? cursor.after;
    const { records } = await streamsOf(context, mapping.EventSourceArn ?? "").read(
      mapping.EventSourceArn ?? "",
      shardId,
      after === undefined ? { start: startOf(mapping), limit } : { after, limit },
      poller,
    );
    if (records.length === 0) return { ...found, full: false };
    for (const record of records) {
      if (!takes(record)) return { ...found, full: true };
      found.last = record.sequenceNumber;
    }
    if (found.wanted.length === (mapping.BatchSize ?? 100)) return { ...found, full: true };
  }
}

/** Takes a record into the batch, or says that the batch ends before it. */
function taker(
  { context, lane, lanes }: Source,
  mapping: MappingRow,
  cursor: CursorRow,
  found: Gathering,
): (record: StreamRecord) => boolean {
  const [end] = cursor.ends ?? [];
  const age = mapping.MaximumRecordAgeInSeconds ?? -1;
  const oldest = age === -1 ? -Infinity : context.clock.now() - age * 1000;
  const patterns = patternsOf(mapping);
  const seconds = mapping.TumblingWindowInSeconds ?? 0;
  const size = mapping.BatchSize ?? 100;
  let window: number | undefined;
  return (record) => {
    if (end !== undefined && isLater(record.sequenceNumber, end)) return false;
    if (laneOf(record, lanes) !== lane) return true;
    const event = streamEventRecord(record, mapping, context.region);
    if (patterns.length > 0 && !passes(patterns, filterableRecord(event))) return true;
    if (record.approximateArrival < oldest) {
      found.old.push(record);
      return true;
    }
    if (found.old.length > 0 || found.wanted.length === size) return false;
    const start = seconds === 0 ? 0 : windowStart(record.approximateArrival, seconds);
    if (window !== undefined && start !== window) return false;
    window = start;
    found.bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    if (found.bytes > MAX_PAYLOAD - AROUND && found.wanted.length > 0) return false;
    found.wanted.push(record);
    return true;
  };
}
