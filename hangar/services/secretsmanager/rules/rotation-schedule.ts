// When the next rotation is due.

import { parseCron } from "../../../kernel/cron.ts";
import { invalidParameter } from "../errors.ts";
import type { RotationRules } from "../store.ts";

const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { hour: 3_600_000, day: DAY };

/** Milliseconds; undefined when the secret is rotated by hand only. */
export function nextRotation(rules: RotationRules, from: number): number | undefined {
  if (rules.ScheduleExpression === undefined)
    return rules.AutomaticallyAfterDays === undefined ? undefined : from + rules.AutomaticallyAfterDays * DAY;
  const rate = /^rate\((\d+) (hour|day)s?\)$/.exec(rules.ScheduleExpression);
  if (rate !== null) return from + Number(rate[1]) * (UNITS[rate[2] ?? "day"] ?? DAY);
  const fields = /^cron\((.+)\)$/.exec(rules.ScheduleExpression)?.[1];
  if (fields === undefined) throw invalidParameter("Invalid ScheduleExpression.");
  const next = parseCron(fields);
  if (next === undefined) throw invalidParameter("Invalid ScheduleExpression.");
  return next(from);
}

export function checkRules(rules: RotationRules): void {
  if (rules.AutomaticallyAfterDays !== undefined && rules.ScheduleExpression !== undefined)
    throw invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression in RotationRules.");
}
