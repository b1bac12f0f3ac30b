// Continuous backups as they are shown, and the times a table can go back to.

import type { DescribeContinuousBackupsOutput } from "../../../models/dynamodb.d.ts";
import type { TableRow } from "../store.ts";

export const DEFAULT_DAYS = 35;

/** The newest restorable moment is five minutes ago. */
const BEHIND = 5 * 60;
const DAY = 86_400;

export function secondOf(time: number): number {
  return Math.floor(time / 1000);
}

/** In seconds, first and last included. */
export type Restorable = { readonly earliest: number; readonly latest: number };

/** `from`: where the table's history begins. Right after recovery is turned on there is one such second: that one. */
export function restorable({ recovery }: TableRow, now: number, from: number): Restorable | undefined {
  if (recovery?.enabled !== true) return undefined;
  const earliest = Math.max(secondOf(recovery.since), secondOf(now) - recovery.days * DAY, from);
  return { earliest, latest: Math.max(earliest, secondOf(now) - BEHIND) };
}

export function describeRecovery(
  { recovery }: TableRow,
  times: Restorable | undefined,
): NonNullable<DescribeContinuousBackupsOutput["ContinuousBackupsDescription"]> {
  if (times === undefined)
    return {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
    };
  return {
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: recovery?.days,
      EarliestRestorableDateTime: new Date(times.earliest * 1000),
      LatestRestorableDateTime: new Date(times.latest * 1000),
    },
  };
}
