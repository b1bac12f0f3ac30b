// Starts and ends the polling of a mapping's source: woken by the source, never busy.

import type { Principal } from "../../../cloud/operation.ts";
import type { CursorRow, LambdaContext, MappingRow } from "../store.ts";
import { sourceKind, topicOf } from "./mapping.ts";
import { commonCursor, cursorKey, FRESH, laneCount } from "./stream-lanes.ts";
import { streamsOf } from "./stream-source.ts";
import { versionAt } from "./find.ts";

export const POLL = "lambda.poll-source";

/** The function's role, which reads the source; a Caller and a Principal in one. */
export function pollerOf(context: LambdaContext, role: string): Principal {
  const caller = context.ports.access.roleCaller(role, "lambda.amazonaws.com", "awslambda_event_source");
  return { ...caller, service: "lambda.amazonaws.com" };
}

export async function startPolling(context: LambdaContext, row: MappingRow): Promise<void> {
  if (sourceKind(row.EventSourceArn) === "stream") await placeCursors(context, row);
  context.scheduler.subscribe(topicOf(row), row.UUID, POLL, { uuid: row.UUID });
  context.scheduler.later(POLL, { uuid: row.UUID });
}

export function stopPolling(context: LambdaContext, row: MappingRow): void {
  context.scheduler.unsubscribe(topicOf(row), row.UUID);
}

/** LATEST means after what the stream holds when it is first read; shards that come later are read from their start. */
async function placeCursors(context: LambdaContext, row: MappingRow): Promise<void> {
  const version = versionAt(context.store, row.functionName, row.qualifier)?.version;
  const arn = row.EventSourceArn ?? "";
  if (version === undefined || row.StartingPosition !== "LATEST") return;
  if (context.store.cursors.first({ prefix: `${row.UUID}/` }) !== undefined) return;
  const poller = pollerOf(context, version.role);
  const streams = streamsOf(context, arn);
  for (const { shardId, closed } of await streams.shards(arn, poller)) {
    const { next } = await streams.read(arn, shardId, { start: "LATEST", limit: 1 }, poller);
    for (let lane = 0; lane < laneCount(row); lane += 1)
      context.store.cursors.put(cursorKey(row.UUID, shardId, lane), { ...FRESH, after: next, finished: closed });
  }
}

/** After a change of ParallelizationFactor: the new lanes begin where all the old have come to. */
export function relane(context: LambdaContext, row: MappingRow): void {
  const shards = new Map<string, CursorRow[]>();
  for (const [key, cursor] of Array.from(context.store.cursors.range({ prefix: `${row.UUID}/` }))) {
    const shardId = key.slice(row.UUID.length + 1).split("#")[0] ?? "";
    shards.set(shardId, [...(shards.get(shardId) ?? []), cursor]);
    context.store.cursors.delete(key);
  }
  for (const [shardId, cursors] of shards)
    for (let lane = 0; lane < laneCount(row); lane += 1)
      context.store.cursors.put(cursorKey(row.UUID, shardId, lane), commonCursor(cursors));
}
