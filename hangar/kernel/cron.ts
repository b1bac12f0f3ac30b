// AWS's cron: six fields (minutes, hours, day of month, month, day of week, year) in UTC. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions

type Day = { readonly year: number; readonly month: number; readonly day: number; readonly weekday: number };
type DayTest = (day: Day) => boolean;

/** The next time after one, in milliseconds; undefined when there is none. */
export type Cron = (after: number) => number | undefined;

type Field = { readonly low: number; readonly high: number; readonly names?: readonly string[] };

const MINUTES: Field = { low: 0, high: 59 };
const HOURS: Field = { low: 0, high: 23 };
const DAYS: Field = { low: 1, high: 31 };
const MONTHS: Field = { low: 1, high: 12, names: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ") };
/** Sunday is 1. */
const WEEKDAYS: Field = { low: 1, high: 7, names: "SUN MON TUE WED THU FRI SAT".split(" ") };
const YEARS: Field = { low: 1970, high: 2199 };
const DAY_MS = 86_400_000;
const SATURDAY = 7;

/** Undefined when the text is no cron expression that AWS takes. */
export function parseCron(text: string): Cron | undefined {
  const fields = text.trim().split(/\s+/);
  const [minute = "", hour = "", date = "", month = "", weekday = "", year = ""] = fields;
  if (fields.length !== 6 || (date === "?") === (weekday === "?")) return undefined;
  const minutes = numbersOf(minute, MINUTES);
  const hours = numbersOf(hour, HOURS);
  const months = numbersOf(month, MONTHS);
  const years = numbersOf(year, YEARS);
  const day = date === "?" ? weekdayTest(weekday) : dateTest(date);
  if (minutes === undefined || hours === undefined || months === undefined || years === undefined || day === undefined)
    return undefined;
  const times = [...hours].flatMap((each) => [...minutes].map((at) => (each * 60 + at) * 60_000));
  times.sort((one, other) => one - other);
  return (after) =>
    nextTime(
      after,
      { times, day: (each) => years.has(each.year) && months.has(each.month) && day(each) },
      Math.max(...years),
    );
}

type Plan = { readonly times: readonly number[]; readonly day: DayTest };

function nextTime(after: number, { times, day }: Plan, lastYear: number): number | undefined {
  for (let midnight = Math.floor(after / DAY_MS) * DAY_MS; ; midnight += DAY_MS) {
    const date = new Date(midnight);
    const year = date.getUTCFullYear();
    if (year > lastYear) return undefined;
    const facts = { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() + 1 };
    if (!day(facts)) continue;
    const time = times.find((each) => midnight + each > after);
    if (time !== undefined) return midnight + time;
  }
}

/** A list of numbers, names, ranges and steps. */
function numbersOf(text: string, field: Field): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const range = rangeOf(part, field);
    if (range === undefined) return undefined;
    for (const each of range) found.add(each);
  }
  return found;
}

function rangeOf(part: string, field: Field): readonly number[] | undefined {
  const [span = "", step, ...rest] = part.split("/");
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return undefined;
  const ends = span === "*" ? [field.low, field.high] : span.split("-").map((end) => numberOf(end, field));
  const [from, to = step === undefined ? from : field.high] = ends;
  if (ends.length > 2 || ends.includes(undefined) || from === undefined || to === undefined) return undefined;
  const size = field.high - field.low + 1;
  // FRI-MON goes over the end of the week.
  const length = ((to - from + size) % size) + 1;
  const every = Number(step ?? 1);
  return Array.from(
    { length: Math.ceil(length / every) },
    (_, index) => ((from - field.low + index * every) % size) + field.low,
  );
}

function numberOf(text: string, { low, high, names }: Field): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + low;
  const number = Number(text);
  return /^\d+$/.test(text) && number >= low && number <= high ? number : undefined;
}

/** Any of a list of tests. */
function either(text: string, read: (part: string) => DayTest | undefined): DayTest | undefined {
  const tests = text.split(",").map(read);
  return tests.includes(undefined) ? undefined : (day) => tests.some((test) => test?.(day) === true);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dateTest(text: string): DayTest | undefined {
  return either(text, (part) => {
    if (part === "L") return ({ year, month, day }) => day === daysIn(year, month);
    if (part === "LW") return (day) => day.day === workday(day, daysIn(day.year, day.month));
    const near = /^(\d{1,2})W$/.exec(part)?.[1];
    if (near !== undefined) {
      const wanted = numberOf(near, DAYS);
      return wanted === undefined
        ? undefined
        : (day) => wanted <= daysIn(day.year, day.month) && day.day === workday(day, wanted);
    }
    const days = numbersOf(part, DAYS);
    return days === undefined ? undefined : ({ day }) => days.has(day);
  });
}

/** The workday nearest to a date, within its month. */
function workday({ year, month }: Day, date: number): number {
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  if (weekday === 6) return date === 1 ? 3 : date - 1;
  if (weekday === 0) return date === daysIn(year, month) ? date - 2 : date + 1;
  return date;
}

function weekdayTest(text: string): DayTest | undefined {
  return either(text, (part) => {
    if (part === "L") return ({ weekday }) => weekday === SATURDAY;
    const [, name = "", kind = "", count = ""] = /^([A-Za-z]{3}|\d)(L|#)([1-5]?)$/.exec(part) ?? [];
    if (kind !== "") {
      const wanted = numberOf(name, WEEKDAYS);
      if (wanted === undefined || (kind === "#") === (count === "")) return undefined;
      return kind === "L"
        ? ({ year, month, day, weekday }) => weekday === wanted && day > daysIn(year, month) - 7
        : ({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === Number(count);
    }
    const days = numbersOf(part, WEEKDAYS);
    return days === undefined ? undefined : ({ weekday }) => days.has(weekday);
  });
}
