// Schedule expressions: rate(…) and cron(…), and when they are due next.

import { invalid } from "../errors.ts";
import { parseCron } from "../../../kernel/cron.ts";

/** Milliseconds since the epoch of the first time after `after`; undefined when there is none. */
export type Schedule = { next(after: number): number | undefined };

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const wrong = (): Error => invalid("Parameter ScheduleExpression is not valid.");

/** Throws ValidationException for what AWS does not accept. */
export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate !== null) return rateOf(Number(rate[1]), rate[2] ?? "", rate[3] === "s");
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1];
  const next = fields === undefined ? undefined : parseCron(fields);
  if (next === undefined) throw wrong();
  return { next };
}

function rateOf(count: number, unit: string, plural: boolean): Schedule {
  if (count < 1 || (count === 1) === plural) throw wrong();
  const period = count * (UNIT_MS[unit] ?? 0);
  return { next: (after) => after + period };
}
