// Reads a stream shard by shard and lane by lane, in order, each at its own pace: one batch at a time goes to the function.
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html

import type { Principal } from "../../../cloud/operation.ts";
import type { StreamRecord, StreamShard } from "../../../ports/streams.ts";
import { POLL } from "../rules/polling.ts";
import { streamEventRecord } from "../rules/stream-event.ts";
import { streamsOf } from "../rules/stream-source.ts";
import { cursorKey, FRESH, isLater, laneCount } from "../rules/stream-lanes.ts";
import { isTooBig, returnedState, windowEvent, windowStart } from "../rules/tumbling-window.ts";
import type { CursorRow, LambdaContext, MappingRow } from "../store.ts";
import { invokeWith } from "./drain-queue.ts";
import { gatherRecords, type Gathered } from "./gather-records.ts";
import { noteResult } from "./note-result.ts";
import { failed, firstFailure, giveUp, retryLater, type Lane } from "./stream-failures.ts";

const RUNNING = "lambda.lanes";

type Window = NonNullable<CursorRow["window"]>;
type Running = { again: boolean; closed: boolean };

export async function drainStream(context: LambdaContext, mapping: MappingRow, poller: Principal): Promise<void> {
  const source = mapping.EventSourceArn ?? "";
  const shards = await streamsOf(context, source).shards(source, poller);
  const lanes = laneCount(mapping);
  const keysOf = ({ shardId }: StreamShard): string[] =>
    Array.from({ length: lanes }, (_, lane) => cursorKey(mapping.UUID, shardId, lane));
  const open = new Set(
    shards
      .filter((shard) => keysOf(shard).some((key) => context.store.cursors.get(key)?.finished !== true))
      .map((shard) => shard.shardId),
  );
  // A child shard is read when its parents are finished: order holds across splits and merges.
  const ready = shards.filter(
    (shard) => open.has(shard.shardId) && ![shard.parent, shard.adjacentParent].some((each) => open.has(each ?? "")),
  );
  await Promise.all(
    ready.flatMap((shard) =>
      keysOf(shard).map((key, lane) =>
        runLane({ context, uuid: mapping.UUID, poller, shardId: shard.shardId, key, lane, lanes }, shard.closed),
      ),
    ),
  );
}

/** One run a lane: who comes meanwhile has it look once more. */
async function runLane(lane: Lane, closed: boolean): Promise<void> {
  const running = runningLanes(lane.context);
  const present = running.get(lane.key);
  if (present !== undefined) {
    present.again = true;
    present.closed ||= closed;
    return;
  }
  const state: Running = { again: false, closed };
  running.set(lane.key, state);
  try {
    do {
      state.again = false;
      await drainLane(lane, state);
    } while (state.again && !lane.context.world.disposed);
  } finally {
    running.delete(lane.key);
  }
}

function runningLanes({ world }: LambdaContext): Map<string, Running> {
  let running = world.attachments.get(RUNNING) as Map<string, Running> | undefined;
  if (running === undefined) {
    running = new Map();
    world.attachments.set(RUNNING, running);
  }
  return running;
}

async function drainLane(lane: Lane, state: Running): Promise<void> {
  const { context, key } = lane;
  for (;;) {
    const mapping = presentMapping(lane);
    if (mapping === undefined) return;
    const cursor = context.store.cursors.get(key) ?? FRESH;
    if (cursor.finished || (cursor.retryAt ?? 0) > context.clock.now()) return;
    const { wanted, old, last, full } = await gatherRecords(lane, mapping, cursor);
    const next = wanted[0];
    if (old.length > 0) await discard(lane, mapping, cursor, old);
    else if (windowIsOver(lane, mapping, cursor, { next, closed: state.closed && last === undefined })) {
      if (!(await invoke(lane, mapping, cursor, { wanted: [], last: cursor.after }))) return;
    } else if (next === undefined) {
      if (last !== undefined) moveOn(lane, cursor, last);
      else if (cursor.attempts > 0 || (cursor.ends ?? []).length > 0) {
        // What failed has grown too old for the stream: what comes next has not been tried.
        context.store.cursors.put(key, { ...FRESH, after: cursor.after, window: cursor.window });
      } else return finish(lane, cursor, state.closed);
    } else if (waitsForMore(lane, mapping, cursor, full)) return;
    else if (!(await invoke(lane, mapping, cursor, { wanted, last }))) return;
  }
}

/** Undefined when the lane is no longer to be read: the mapping is off or gone, or has other lanes now. */
function presentMapping({ context, uuid, lanes }: Lane): MappingRow | undefined {
  const mapping = context.store.mappings.get(uuid);
  return context.world.disposed || mapping?.enabled !== true || laneCount(mapping) !== lanes ? undefined : mapping;
}

function moveOn({ context, key }: Lane, cursor: CursorRow, last: string, window = cursor.window): void {
  const ends = cursor.ends?.filter((end) => isLater(end, last));
  context.store.cursors.put(key, { ...FRESH, after: last, window, ends: ends?.length === 0 ? undefined : ends });
}

function finish({ context, key, uuid }: Lane, cursor: CursorRow, closed: boolean): void {
  if (!closed) return;
  context.store.cursors.put(key, { ...cursor, finished: true });
  context.scheduler.later(POLL, { uuid });
}

async function discard(
  lane: Lane,
  mapping: MappingRow,
  cursor: CursorRow,
  old: readonly StreamRecord[],
): Promise<void> {
  await giveUp(lane, mapping, old, { condition: "RecordAgeExceeded", attempts: cursor.attempts + 1 });
  if (isKept(lane)) moveOn(lane, cursor, old.at(-1)?.sequenceNumber ?? "");
}

/** A batch that is not full waits until its window ends; what failed before does not wait again. */
function waitsForMore({ context, key, uuid }: Lane, mapping: MappingRow, cursor: CursorRow, full: boolean): boolean {
  const seconds = mapping.MaximumBatchingWindowInSeconds ?? 0;
  if (seconds === 0 || full || cursor.attempts > 0 || cursor.ends !== undefined) return false;
  if (cursor.windowEnds !== undefined) return context.clock.now() < cursor.windowEnds;
  const windowEnds = context.clock.now() + seconds * 1000;
  context.store.cursors.put(key, { ...cursor, windowEnds });
  context.scheduler.at(windowEnds, POLL, { uuid });
  return true;
}

/** The time of a tumbling window is up, or the shard has ended with it. */
function windowIsOver(
  { context }: Lane,
  mapping: MappingRow,
  { window }: CursorRow,
  { next, closed }: { readonly next: StreamRecord | undefined; readonly closed: boolean },
): boolean {
  if (window === undefined) return false;
  const { seconds, start, early } = window;
  if (seconds !== mapping.TumblingWindowInSeconds || early === true || closed) return true;
  return next === undefined
    ? context.clock.now() >= start + seconds * 1000
    : windowStart(next.approximateArrival, seconds) !== start;
}

/** Whether to go on with the next batch now. No records: the last word on a tumbling window. */
async function invoke(
  lane: Lane,
  mapping: MappingRow,
  cursor: CursorRow,
  { wanted, last }: Pick<Gathered, "wanted" | "last">,
): Promise<boolean> {
  const { context } = lane;
  const seconds = mapping.TumblingWindowInSeconds ?? 0;
  const tumbling = seconds > 0 || cursor.window !== undefined;
  const window = tumbling ? (cursor.window ?? openWindow(lane, wanted[0], seconds)) : undefined;
  const event = {
    Records: wanted.map((record) => streamEventRecord(record, mapping, context.region)),
    ...(window !== undefined &&
      windowEvent(window, {
        shardId: lane.shardId,
        sourceArn: mapping.EventSourceArn ?? "",
        final: wanted.length === 0,
      })),
  };
  const ids = wanted.map(({ record: { eventID }, sequenceNumber }) =>
    typeof eventID === "string" ? eventID : sequenceNumber,
  );
  const outcome = await invokeWith(context, mapping, event, ids);
  if (!isKept(lane)) return false;
  const state = window === undefined || outcome === undefined ? undefined : withState(window, outcome.payload);
  const at =
    outcome === undefined || (window !== undefined && wanted.length > 0 && state === undefined)
      ? 0
      : firstFailure(mapping, wanted, outcome);
  noteResult(context, lane.uuid, at === undefined ? "OK" : "PROBLEM: Function call failed");
  if (outcome === undefined) return retryLater(lane, cursor);
  if (at !== undefined)
    return failed(lane, mapping, { ...cursor, window }, { wanted, at, last: last ?? "", state, outcome });
  if (wanted.length === 0) context.store.cursors.put(lane.key, { ...cursor, attempts: 0, window: undefined });
  else moveOn(lane, cursor, last ?? "", state);
  return true;
}

/** What an invocation came to still counts when the mapping was switched off meanwhile, not when it has other lanes or is gone. */
function isKept({ context, uuid, lanes }: Lane): boolean {
  const mapping = context.store.mappings.get(uuid);
  return !context.world.disposed && mapping !== undefined && laneCount(mapping) === lanes;
}

function openWindow({ context, uuid }: Lane, first: StreamRecord | undefined, seconds: number): Window {
  const start = windowStart(first?.approximateArrival ?? context.clock.now(), seconds);
  context.scheduler.at(Math.max(context.clock.now(), start + seconds * 1000), POLL, { uuid });
  return { start, seconds, state: "{}" };
}

function withState(window: Window, payload: Uint8Array): Window | undefined {
  const state = returnedState(payload);
  if (state === undefined) return undefined;
  return isTooBig(state) ? { ...window, state, early: true } : { ...window, state };
}
