// The account's minimum throughput billing commitment, which warm throughput depends on.

import type { MinimumThroughputBillingCommitmentOutput } from "../../../models/kinesis.d.ts";
import { validation } from "../errors.ts";
import type { CommitmentRow, KinesisContext } from "../store.ts";

const KEY = "account";
const DAY = 86_400_000;
const MOST_MIBPS = 10_240;

export function commitmentOf({ store, clock }: KinesisContext): CommitmentRow | undefined {
  const row = store.commitment.get(KEY);
  const over = row?.ended !== undefined && row.ended <= clock.now();
  return row !== undefined && over ? { ...row, status: "DISABLED" } : row;
}

export function keepCommitment({ store }: KinesisContext, row: CommitmentRow): void {
  store.commitment.put(KEY, row);
}

/** It may end a day after it began. */
export function earliestEnd({ started }: CommitmentRow): number {
  return started + DAY;
}

export function committed(context: KinesisContext): boolean {
  const status = commitmentOf(context)?.status ?? "DISABLED";
  return status !== "DISABLED";
}

export function showCommitment(context: KinesisContext): MinimumThroughputBillingCommitmentOutput {
  const row = commitmentOf(context);
  if (row === undefined) return { Status: "DISABLED" };
  return {
    Status: row.status,
    StartedAt: new Date(row.started),
    ...(row.ended === undefined ? {} : { EndedAt: new Date(row.ended) }),
    ...(row.status === "DISABLED" ? {} : { EarliestAllowedEndAt: new Date(earliestEnd(row)) }),
  };
}

export function checkWarmThroughput(context: KinesisContext, mode: string, mibps: number): void {
  if (mode !== "ON_DEMAND") throw validation("Warm throughput is only supported for streams in ON_DEMAND mode.");
  if (!committed(context))
    throw validation(
      `Warm throughput is only supported in accounts that have MinimumThroughputBillingCommitment enabled. Account ${context.account} has not.`,
    );
  if (mibps > MOST_MIBPS)
    throw validation(`The requested warm throughput of ${mibps} MiB/s is above the limit of ${MOST_MIBPS} MiB/s.`);
}
