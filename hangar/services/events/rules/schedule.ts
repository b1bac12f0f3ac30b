// Schedule expressions: rate(…) and cron(…), and when they are due next.

import cron from "aws-cron-parser";
import { invalid } from "../errors.ts";

/** Milliseconds since the epoch of the first time after `after`; undefined when there is none. */
export type Schedule = { next(after: number): number | undefined };

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const wrong = (): Error => invalid("Parameter ScheduleExpression is not valid.");

/** Throws ValidationException for what AWS does not accept. */
export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate !== null) return rateOf(Number(rate[1]), rate[2] ?? "", rate[3] === "s");
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields === undefined || fields.length !== 6 || !valid(fields)) throw wrong();
  return cronOf(fields.join(" "));
}

function rateOf(count: number, unit: string, plural: boolean): Schedule {
  if (count < 1 || (count === 1) === plural) throw wrong();
  const period = count * (UNIT_MS[unit] ?? 0);
  return { next: (after) => after + period };
}

function cronOf(text: string): Schedule {
  try {
    const parsed = cron.parse(text);
    cron.next(parsed, new Date(0));
    return { next: (after) => cron.next(parsed, new Date(after))?.getTime() };
  } catch {
    throw wrong();
  }
}

/** The parser expects what AWS has accepted already. */
const RANGES: readonly (readonly [number, number, RegExp])[] = [
  [0, 59, /^$/],
  [0, 23, /^$/],
  [1, 31, /^(?:L|LW|\d{1,2}W|\?)$/],
  [1, 12, /^(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$/],
  [1, 7, /^(?:SUN|MON|TUE|WED|THU|FRI|SAT|L|[1-7]L|[1-7]#[1-5]|\?)$/],
  [1970, 2199, /^$/],
];

function valid(fields: readonly string[]): boolean {
  const [, , dayOfMonth = "", , dayOfWeek = ""] = fields;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return false;
  return fields.every((field, index) =>
    field.split(",").every((part) => validPart(part, RANGES[index] as (typeof RANGES)[number])),
  );
}

function validPart(part: string, [low, high, names]: (typeof RANGES)[number]): boolean {
  const [span = "", step] = part.split("/");
  if (step !== undefined && !/^[1-9]\d*$/.test(step)) return false;
  if (span === "*") return true;
  return (
    span.split("-").length <= 2 &&
    span.split("-").every((end) => names.test(end) || (/^\d+$/.test(end) && Number(end) >= low && Number(end) <= high))
  );
}
