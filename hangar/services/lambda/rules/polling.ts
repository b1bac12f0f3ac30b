// Starts and ends the polling of a mapping's source: woken by the source, never busy.

import type { Principal } from "../../../cloud/operation.ts";
import type { LambdaContext, MappingRow } from "../store.ts";
import { sourceKind, topicOf } from "./mapping.ts";
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

/** LATEST means after what the stream holds now; shards that come later are read from their start. */
async function placeCursors(context: LambdaContext, row: MappingRow): Promise<void> {
  const version = versionAt(context.store, row.functionName, row.qualifier)?.version;
  const arn = row.EventSourceArn ?? "";
  if (version === undefined || row.StartingPosition !== "LATEST") return;
  const poller = pollerOf(context, version.role);
  for (const shard of await context.ports.streams.shards(arn, poller)) {
    const key = `${row.UUID}/${shard.shardId}`;
    if (context.store.cursors.has(key)) continue;
    const { next } = await context.ports.streams.read(arn, shard.shardId, { start: "LATEST", limit: 1 }, poller);
    context.store.cursors.put(key, { after: next, attempts: 0, limit: undefined, finished: shard.closed });
  }
}
