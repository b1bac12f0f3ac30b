// What becomes of a stream's batch that failed: it comes again, in halves when asked for, until it is given up on.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html

import type { Principal } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { StreamRecord } from "../../../ports/streams.ts";
import { failedItems } from "../rules/batch-response.ts";
import { versionAt } from "../rules/find.ts";
import { POLL } from "../rules/polling.ts";
import { failureKey, failureRecord, streamEventRecord } from "../rules/stream-event.ts";
import { isLater } from "../rules/stream-lanes.ts";
import type { CursorRow, LambdaContext, MappingRow } from "../store.ts";
import type { invokeWith } from "./drain-queue.ts";
import { watchRecords } from "./hopeless.ts";

export type Lane = {
  readonly context: LambdaContext;
  readonly uuid: string;
  readonly poller: Principal;
  readonly shardId: string;
  /** Of its cursor. */
  readonly key: string;
  readonly lane: number;
  readonly lanes: number;
};

type Outcome = NonNullable<Awaited<ReturnType<typeof invokeWith>>>;

export type Failure = {
  readonly wanted: readonly StreamRecord[];
  /** Index of the first record that failed. */
  readonly at: number;
  /** The last record that was looked at for this batch. */
  readonly last: string;
  /** What the function made of a tumbling window before it failed. */
  readonly state: CursorRow["window"];
  readonly outcome: Outcome;
};

/** Index of the first record that a response calls failed; undefined when none is. */
export function firstFailure(
  mapping: MappingRow,
  records: readonly StreamRecord[],
  outcome: Outcome,
): number | undefined {
  if (outcome.functionError !== undefined) return 0;
  if (mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") !== true) return undefined;
  const items = failedItems(outcome.payload, new Set(records.map((record) => record.sequenceNumber)));
  if (items === "all") return 0;
  const index = records.findIndex((record) => items.includes(record.sequenceNumber));
  return index === -1 ? undefined : index;
}

/** Whether to go on with the next batch now. */
export async function failed(
  lane: Lane,
  mapping: MappingRow,
  cursor: CursorRow,
  { wanted, at, last, state, outcome }: Failure,
): Promise<boolean> {
  const left = wanted.slice(at);
  // What came before the first failure is done with.
  const here: CursorRow =
    at === 0
      ? cursor
      : { ...cursor, after: wanted[at - 1]?.sequenceNumber, attempts: 0, window: state ?? cursor.window };
  const ends = cursor.ends ?? [last];
  if (mapping.BisectBatchOnFunctionError === true && left.length > 1 && at === 0) {
    // Splitting does not count as a retry.
    const middle = left[Math.ceil(left.length / 2) - 1]?.sequenceNumber ?? last;
    return retryLater(lane, { ...here, ends: [middle, ...ends] });
  }
  // As recorded: the rest is another batch, which has not been tried.
  if (at > 0 && left.length > 0) return retryLater(lane, { ...here, ends });
  const attempts = here.attempts + 1;
  const maximum = mapping.MaximumRetryAttempts ?? -1;
  if (maximum === -1 || attempts <= maximum) {
    const endless = maximum === -1 && (mapping.MaximumRecordAgeInSeconds ?? -1) === -1;
    const ids = left.map(({ sequenceNumber }) => sequenceNumber);
    if (endless) watchRecords(lane.context, mapping, { shard: lane.shardId, key: lane.key, ids }, outcome);
    return retryLater(lane, { ...here, attempts, ends });
  }
  if (left.length > 0) await giveUp(lane, mapping, left, { condition: "RetryAttemptsExhausted", attempts, outcome });
  const rest = ends.filter((end) => isLater(end, last));
  lane.context.store.cursors.put(lane.key, {
    after: left.length > 0 ? last : cursor.after,
    attempts: 0,
    finished: false,
    ends: rest.length === 0 ? undefined : rest,
    // The last word on a window that nobody takes is lost.
    window: left.length > 0 ? here.window : undefined,
  });
  return true;
}

/** Again after a pause that doubles up to a minute. */
export function retryLater({ context, key, uuid }: Lane, cursor: CursorRow): false {
  const retryAt = context.clock.now() + Math.min(1000 * 2 ** Math.max(0, cursor.attempts - 1), 60_000);
  context.store.cursors.put(key, { ...cursor, retryAt });
  context.scheduler.at(retryAt, POLL, { uuid });
  return false;
}

type GivingUp = { readonly condition: string; readonly attempts: number; readonly outcome?: Outcome };

/** Tells the on-failure destination; one that refuses is not told again. */
export async function giveUp(
  lane: Lane,
  mapping: MappingRow,
  records: readonly StreamRecord[],
  { condition, attempts, outcome }: GivingUp,
): Promise<void> {
  const { context } = lane;
  const destination = mapping.destination?.OnFailure?.Destination;
  const role = versionAt(context.store, mapping.functionName, mapping.qualifier)?.version.role;
  if (destination === undefined || destination === "" || role === undefined) return;
  const record = failureRecord({
    mapping,
    records,
    shardId: lane.shardId,
    condition,
    attempts,
    requestId: outcome?.requestId ?? context.ids.uuid(),
    now: context.clock.now(),
    ...(outcome !== undefined && { version: outcome.version, functionError: outcome.functionError ?? null }),
  });
  try {
    if (destination.includes(":s3:")) await keepInBucket(lane, mapping, { record, records, destination, role });
    else
      await context.ports.targets.deliver(destination, JSON.stringify(record), {
        as: { service: "lambda.amazonaws.com", sourceArn: mapping.FunctionArn, sourceAccount: context.account },
        roleArn: role,
      });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

/** A bucket gets the records too, as text of the event. */
async function keepInBucket(
  { context, shardId, uuid }: Lane,
  mapping: MappingRow,
  kept: {
    readonly record: object;
    readonly records: readonly StreamRecord[];
    readonly destination: string;
    readonly role: string;
  },
): Promise<void> {
  const Records = kept.records.map((record) => streamEventRecord(record, mapping, context.region));
  const key = failureKey({ uuid, shardId, now: context.clock.now(), id: context.ids.uuid() });
  await context.ports.objects.put(
    kept.destination.split(":").at(-1) ?? "",
    key,
    JSON.stringify({ ...kept.record, payload: JSON.stringify({ Records }) }),
    {
      contentType: "application/json",
      as: context.ports.access.roleCaller(kept.role, "lambda.amazonaws.com", mapping.functionName),
    },
  );
}
