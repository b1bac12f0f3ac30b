// Reads a stream shard by shard, in order: batches, retries, splits, partial failures, and what is given up on.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html

import type { Principal } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { StreamRecord } from "../../../ports/streams.ts";
import { failedItems } from "../rules/batch-response.ts";
import { passes } from "../rules/filter-pattern.ts";
import { versionAt } from "../rules/find.ts";
import { patternsOf } from "../rules/mapping.ts";
import { POLL } from "../rules/polling.ts";
import { failureRecord, streamEventRecord } from "../rules/stream-event.ts";
import type { CursorRow, LambdaContext, MappingRow } from "../store.ts";
import { invokeWith } from "./drain-queue.ts";
import { watchRecords } from "./hopeless.ts";

const FRESH: CursorRow = { after: undefined, attempts: 0, limit: undefined, finished: false };

type Drain = {
  readonly context: LambdaContext;
  readonly mapping: MappingRow;
  readonly poller: Principal;
  readonly shardId: string;
  readonly key: string;
  readonly flush: boolean;
};

export async function drainStream(
  context: LambdaContext,
  mapping: MappingRow,
  poller: Principal,
  flush: boolean,
): Promise<void> {
  const shards = await context.ports.streams.shards(mapping.EventSourceArn ?? "", poller);
  const open = new Set(
    shards
      .filter((shard) => context.store.cursors.get(`${mapping.UUID}/${shard.shardId}`)?.finished !== true)
      .map((shard) => shard.shardId),
  );
  // A child shard is read when its parent is finished: order holds across splits.
  const ready = shards.filter(
    (shard) => open.has(shard.shardId) && (shard.parent === undefined || !open.has(shard.parent)),
  );
  await Promise.all(
    ready.map((shard) =>
      drainShard(
        { context, mapping, poller, shardId: shard.shardId, key: `${mapping.UUID}/${shard.shardId}`, flush },
        shard.closed,
      ),
    ),
  );
}

async function drainShard(drain: Drain, closed: boolean): Promise<void> {
  const { context, mapping, key } = drain;
  for (;;) {
    if (context.world.disposed || context.store.mappings.get(mapping.UUID)?.enabled !== true) return;
    const cursor = context.store.cursors.get(key) ?? FRESH;
    const limit = cursor.limit ?? mapping.BatchSize ?? 100;
    const position =
      cursor.after === undefined ? { start: "TRIM_HORIZON" as const, limit } : { after: cursor.after, limit };
    const { records } = await context.ports.streams.read(
      mapping.EventSourceArn ?? "",
      drain.shardId,
      position,
      drain.poller,
    );
    if (records.length === 0) {
      // What failed has grown too old for the stream: what comes next has not been tried.
      const next = cursor.attempts === 0 ? cursor : { ...FRESH, after: cursor.after };
      if (next !== cursor) context.store.cursors.put(key, next);
      if (closed) finishShard(drain, next);
      return;
    }
    if (waitsForWindow(drain, cursor, records.length, limit)) return;
    if (!(await handleBatch(drain, cursor, records))) return;
  }
}

function finishShard(drain: Drain, cursor: CursorRow): void {
  drain.context.store.cursors.put(drain.key, { ...cursor, finished: true });
  drain.context.scheduler.later(POLL, { uuid: drain.mapping.UUID });
}

function waitsForWindow(drain: Drain, cursor: CursorRow, count: number, limit: number): boolean {
  const { context, mapping } = drain;
  const seconds = mapping.MaximumBatchingWindowInSeconds ?? 0;
  if (seconds === 0 || drain.flush || count >= limit || cursor.attempts > 0) return false;
  const key = `${mapping.UUID}#window`;
  if (Number(context.store.cursors.get(key)?.after ?? 0) <= context.clock.now()) {
    const at = context.clock.now() + seconds * 1000;
    context.store.cursors.put(key, { ...FRESH, after: String(at) });
    context.scheduler.at(at, POLL, { uuid: mapping.UUID, flush: true });
  }
  return true;
}

/** Whether to go on with the next batch now. */
async function handleBatch(drain: Drain, cursor: CursorRow, records: readonly StreamRecord[]): Promise<boolean> {
  const { context, mapping } = drain;
  const last = records.at(-1)?.sequenceNumber;
  const move = (after: string | undefined): void =>
    void context.store.cursors.put(drain.key, { after, attempts: 0, limit: undefined, finished: false });
  const fresh = await discardOld(drain, records);
  const patterns = patternsOf(mapping);
  const wanted = fresh.filter((record) => passes(patterns, streamEventRecord(record, mapping, context.region)));
  if (wanted.length === 0) {
    move(last);
    return true;
  }
  const outcome = await invokeWith(
    context,
    mapping,
    { Records: wanted.map((record) => streamEventRecord(record, mapping, context.region)) },
    wanted.map(({ record: { eventID }, sequenceNumber }) => (typeof eventID === "string" ? eventID : sequenceNumber)),
  );
  if (context.world.disposed) return false;
  if (outcome === undefined) return retry(drain, { ...cursor, attempts: cursor.attempts });
  const failedAt = firstFailure(mapping, wanted, outcome);
  if (failedAt === undefined) {
    move(last);
    return true;
  }
  // What came before the first failure is done with.
  const before = failedAt === 0 ? cursor.after : wanted[failedAt - 1]?.sequenceNumber;
  return failed(
    drain,
    { ...cursor, after: before },
    { wanted: wanted.slice(failedAt), progressed: failedAt > 0, outcome },
  );
}

type Failure = {
  readonly wanted: readonly StreamRecord[];
  readonly progressed: boolean;
  readonly outcome: NonNullable<Awaited<ReturnType<typeof invokeWith>>>;
};

async function failed(drain: Drain, cursor: CursorRow, failure: Failure): Promise<boolean> {
  const { context, mapping } = drain;
  const attempts = cursor.attempts + 1;
  const maximum = mapping.MaximumRetryAttempts ?? -1;
  if (mapping.BisectBatchOnFunctionError === true && failure.wanted.length > 1 && !failure.progressed) {
    // Splitting does not count as a retry.
    return retry(drain, { ...cursor, limit: Math.ceil(failure.wanted.length / 2) });
  }
  if (maximum === -1 || attempts <= maximum) {
    const endless = maximum === -1 && (mapping.MaximumRecordAgeInSeconds ?? -1) === -1;
    const ids = failure.wanted.map(({ sequenceNumber }) => sequenceNumber);
    if (endless) watchRecords(context, mapping, { shard: drain.shardId, key: drain.key, ids }, failure.outcome);
    return retry(drain, { ...cursor, attempts, limit: cursor.limit });
  }
  await giveUp(drain, failure.wanted, { condition: "RetryAttemptsExhausted", attempts, failure });
  context.store.cursors.put(drain.key, {
    after: failure.wanted.at(-1)?.sequenceNumber,
    attempts: 0,
    limit: undefined,
    finished: false,
  });
  return true;
}

function firstFailure(
  mapping: MappingRow,
  records: readonly StreamRecord[],
  outcome: Failure["outcome"],
): number | undefined {
  if (outcome.functionError !== undefined) return 0;
  if (mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") !== true) return undefined;
  const items = failedItems(outcome.payload, new Set(records.map((record) => record.sequenceNumber)));
  if (items === "all") return 0;
  const index = records.findIndex((record) => items.includes(record.sequenceNumber));
  return index === -1 ? undefined : index;
}

/** Again after a pause that doubles up to a minute. */
function retry(drain: Drain, cursor: CursorRow): boolean {
  drain.context.store.cursors.put(drain.key, cursor);
  const pause = Math.min(1000 * 2 ** Math.max(0, cursor.attempts - 1), 60_000);
  drain.context.scheduler.at(drain.context.clock.now() + pause, POLL, { uuid: drain.mapping.UUID, flush: true });
  return false;
}

/** Records above the mapping's age limit are reported and left out. */
async function discardOld(drain: Drain, records: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
  const age = drain.mapping.MaximumRecordAgeInSeconds ?? -1;
  if (age === -1) return records;
  const oldest = drain.context.clock.now() - age * 1000;
  const old = records.filter((record) => record.approximateArrival < oldest);
  if (old.length > 0) await giveUp(drain, old, { condition: "RecordAgeExceeded", attempts: 0, failure: undefined });
  return records.filter((record) => !old.includes(record));
}

async function giveUp(
  drain: Drain,
  records: readonly StreamRecord[],
  facts: { readonly condition: string; readonly attempts: number; readonly failure: Failure | undefined },
): Promise<void> {
  const { context, mapping } = drain;
  const destination = mapping.destination?.OnFailure?.Destination;
  const role = versionAt(context.store, mapping.functionName, mapping.qualifier)?.version.role;
  if (destination === undefined || role === undefined) return;
  const { failure } = facts;
  const record = failureRecord({
    mapping,
    records,
    shardId: drain.shardId,
    condition: facts.condition,
    attempts: facts.attempts,
    requestId: failure?.outcome.requestId ?? context.ids.uuid(),
    now: context.clock.now(),
    ...(failure === undefined
      ? {}
      : { version: failure.outcome.version, functionError: failure.outcome.functionError ?? null }),
  });
  try {
    await context.ports.targets.deliver(destination, JSON.stringify(record), {
      as: { service: "lambda.amazonaws.com", sourceArn: mapping.FunctionArn, sourceAccount: context.account },
      roleArn: role,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
