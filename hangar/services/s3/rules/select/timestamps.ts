// Timestamps of S3 Select: Ion's form, with their precision and offset; parts, sums, differences and patterns.

export const DATE_PARTS: readonly string[] = [
  "YEAR",
  "MONTH",
  "DAY",
  "HOUR",
  "MINUTE",
  "SECOND",
  "TIMEZONE_HOUR",
  "TIMEZONE_MINUTE",
];

export type Precision = "YEAR" | "MONTH" | "DAY" | "MINUTE" | "SECOND";

export class Timestamp {
  readonly ms: number;
  /** Minutes. */
  readonly offset: number;
  readonly precision: Precision;

  constructor(ms: number, offset = 0, precision: Precision = "SECOND") {
    this.ms = ms;
    this.offset = offset;
    this.precision = precision;
  }
}

const FORM = /^(\d{4})(?:T|-(\d\d)(?:T|-(\d\d)T?(?:(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)$/;

export function parseTimestamp(text: string): Timestamp | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, year = "", month, day, hour, minute, second, fraction, zone] = match;
  const seconds = `${second ?? "00"}${(fraction ?? "").slice(0, 4)}`;
  const ms = Date.parse(`${year}-${month ?? "01"}-${day ?? "01"}T${hour ?? "00"}:${minute ?? "00"}:${seconds}Z`);
  const moment = Number.isNaN(ms) ? undefined : new Date(ms);
  if (moment === undefined || moment.getUTCDate() !== Number(day ?? 1)) return undefined;
  const offset = offsetOf(zone ?? "Z");
  const precision =
    month === undefined
      ? "YEAR"
      : day === undefined
        ? "MONTH"
        : hour === undefined
          ? "DAY"
          : second === undefined
            ? "MINUTE"
            : "SECOND";
  return new Timestamp(ms - offset * 60_000, offset, precision);
}

function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -minutes : minutes;
}

const two = (value: number): string => String(Math.abs(value)).padStart(2, "0");

function zoneText(offset: number): string {
  if (offset === 0) return "Z";
  return `${offset < 0 ? "-" : "+"}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}

/** The wall clock at the timestamp's own offset, read as UTC. */
function wall({ ms, offset }: Timestamp): Date {
  return new Date(ms + offset * 60_000);
}

export function timestampText(timestamp: Timestamp): string {
  const iso = wall(timestamp).toISOString();
  const zone = zoneText(timestamp.offset);
  switch (timestamp.precision) {
    case "YEAR":
      return `${iso.slice(0, 4)}T`;
    case "MONTH":
      return `${iso.slice(0, 7)}T`;
    case "DAY":
      return `${iso.slice(0, 10)}T`;
    case "MINUTE":
      return `${iso.slice(0, 16)}${zone}`;
    case "SECOND":
      return `${iso.slice(0, 19)}${iso.slice(19, 23) === ".000" ? "" : iso.slice(19, 23)}${zone}`;
  }
}

export function datePart(part: string, timestamp: Timestamp): number {
  const date = wall(timestamp);
  switch (part) {
    case "YEAR":
      return date.getUTCFullYear();
    case "MONTH":
      return date.getUTCMonth() + 1;
    case "DAY":
      return date.getUTCDate();
    case "HOUR":
      return date.getUTCHours();
    case "MINUTE":
      return date.getUTCMinutes();
    case "SECOND":
      return date.getUTCSeconds();
    case "TIMEZONE_HOUR":
      return Math.trunc(timestamp.offset / 60);
    default:
      return timestamp.offset % 60;
  }
}

const UNITS: Readonly<Record<string, number>> = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1000 };

/** Undefined where the sum is no date. Months end on their last day. */
export function dateAdd(part: string, count: number, timestamp: Timestamp): Timestamp | undefined {
  const unit = UNITS[part];
  const moved = unit === undefined ? addMonths(part, count, timestamp) : timestamp.ms + count * unit;
  const last = Date.parse("9999-12-31T23:59:59.999Z");
  if (Number.isNaN(moved) || moved > last || moved < Date.parse("0001-01-01T00:00:00Z")) return undefined;
  const finer = {
    YEAR: "YEAR",
    MONTH: "MONTH",
    DAY: "DAY",
    HOUR: "MINUTE",
    MINUTE: "MINUTE",
    SECOND: "SECOND",
  } as const;
  const order: readonly Precision[] = ["YEAR", "MONTH", "DAY", "MINUTE", "SECOND"];
  const asked = finer[part as keyof typeof finer] ?? "SECOND";
  const precision = order[Math.max(order.indexOf(asked), order.indexOf(timestamp.precision))] ?? "SECOND";
  return new Timestamp(moved, timestamp.offset, precision);
}

function addMonths(part: string, count: number, timestamp: Timestamp): number {
  const date = wall(timestamp);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (part === "YEAR" ? count * 12 : count);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = date.getTime() % 86_400_000;
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + time - timestamp.offset * 60_000;
}

/** Whole units from the first to the second. */
export function dateDiff(part: string, from: Timestamp, to: Timestamp): number {
  const unit = UNITS[part];
  if (unit !== undefined) return Math.trunc((to.ms - from.ms) / unit) || 0;
  const [a, b] = [new Date(from.ms), new Date(to.ms)];
  let months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const withinMonth = (date: Date): number => date.getUTCDate() * 86_400_000 + (date.getTime() % 86_400_000);
  if (months > 0 && withinMonth(b) < withinMonth(a)) months -= 1;
  if (months < 0 && withinMonth(b) > withinMonth(a)) months += 1;
  return (part === "YEAR" ? Math.trunc(months / 12) : months) || 0;
}

/** The wall clock, for patterns. */
export function wallParts(timestamp: Timestamp): {
  readonly date: Date;
  readonly zone: string;
  readonly offset: number;
} {
  return { date: wall(timestamp), zone: zoneText(timestamp.offset), offset: timestamp.offset };
}
