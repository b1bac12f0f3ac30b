// Continuous backups as they are shown.

import type { DescribeContinuousBackupsOutput } from "../../../models/dynamodb.d.ts";
import type { TableRow } from "../store.ts";

export const DEFAULT_DAYS = 35;

/** The newest restorable moment is about five minutes ago. */
const BEHIND = 5 * 60_000;
const DAY = 86_400_000;

export function describeRecovery(
  { recovery }: TableRow,
  now: number,
): NonNullable<DescribeContinuousBackupsOutput["ContinuousBackupsDescription"]> {
  if (recovery?.enabled !== true)
    return {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
    };
  const latest = Math.max(recovery.since, now - BEHIND);
  const earliest = Math.max(recovery.since, now - recovery.days * DAY);
  return {
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: "ENABLED",
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: new Date(earliest),
      LatestRestorableDateTime: new Date(latest),
    },
  };
}
