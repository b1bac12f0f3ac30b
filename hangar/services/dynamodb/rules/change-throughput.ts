// A table's or index's provisioned throughput, changed: what is no change, what is too much, and how often it may decrease.

import { limitExceeded, validation } from "../errors.ts";
import type { Throughput } from "../store.ts";
import { checkUnits, type ProvisionedUnits } from "./table-definition.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FREE_DECREASES = 4;
const GUIDE = "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";

/** Of an account in one region, as DescribeLimits has it. */
export const TABLE_MAXIMUM = 40_000;
export const ACCOUNT_MAXIMUM = 80_000;

export type Changing = { readonly region: string; readonly now: number; readonly index?: string | undefined };

export function changedThroughput(current: Throughput, units: ProvisionedUnits, changing: Changing): Throughput {
  const { now, index } = changing;
  checkUnits(units);
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = units;
  if (read === current.read && write === current.write) throw validation(noChange(current, index));
  checkMaximum(units, changing);
  const before = decreasesAt(current, now);
  const up = read > current.read || write > current.write;
  const down = read < current.read || write < current.write;
  if (down) checkDecrease({ ...current, decreases: before }, now);
  return {
    read,
    write,
    decreases: before + (down ? 1 : 0),
    increasedAt: up ? now : current.increasedAt,
    decreasedAt: down ? now : current.decreasedAt,
  };
}

/** Those of today; a day ends at midnight UTC. */
export function decreasesAt({ decreases, decreasedAt }: Throughput, now: number): number {
  return decreasedAt !== undefined && sameDay(decreasedAt, now) ? decreases : 0;
}

export function checkMaximum(units: ProvisionedUnits, { region, index }: Omit<Changing, "now">): void {
  const what = index === undefined ? "table" : "index";
  for (const name of ["ReadCapacityUnits", "WriteCapacityUnits"] as const) {
    if (units[name] > TABLE_MAXIMUM)
      throw limitExceeded(
        `The requested ${name}${index === undefined ? "" : ` for index ${index}`}, ${units[name]}, is above the per ${what} maximum for the account in ${region}. Per ${what} maximum: ${TABLE_MAXIMUM}. ${GUIDE}`,
      );
  }
}

/** `reserved`: what all tables of the account have there already. */
export function checkAccountMaximum(reserved: ProvisionedUnits, requested: ProvisionedUnits, region: string): void {
  for (const name of ["ReadCapacityUnits", "WriteCapacityUnits"] as const) {
    if (reserved[name] + requested[name] > ACCOUNT_MAXIMUM)
      throw limitExceeded(
        `This request would have caused the ${name} limit to be exceeded for the account in ${region}. Current ${name} reserved by the account: ${reserved[name]}. Limit: ${ACCOUNT_MAXIMUM}. Requested: ${requested[name]}. ${GUIDE}`,
      );
  }
}

function noChange({ read, write }: Throughput, index: string | undefined): string {
  const what = index === undefined ? "the table" : `the index ${index}`;
  const of = index === undefined ? "the table" : `index ${index}`;
  return `The provisioned throughput for ${what} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for ${of}: ${read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for ${of}: ${write}. Requested WriteCapacityUnits: ${write}. ${GUIDE}`;
}

/** Four at any time of the day, then one an hour. */
function checkDecrease({ decreases, decreasedAt }: Throughput, now: number): void {
  if (decreases < FREE_DECREASES || decreasedAt === undefined || now >= decreasedAt + HOUR) return;
  const midnight = (Math.floor(now / DAY) + 1) * DAY;
  throw limitExceeded(
    `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first ${FREE_DECREASES} decreases, each subsequent decrease in the same UTC day can be performed at most once every ${HOUR / 1000} seconds. Number of decreases today: ${decreases}. Last decrease at ${longDate(decreasedAt)}. Next decrease can be made at ${longDate(Math.min(decreasedAt + HOUR, midnight))}`,
  );
}

function sameDay(one: number, other: number): boolean {
  return Math.floor(one / DAY) === Math.floor(other / DAY);
}

const FULL = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeStyle: "full", timeZone: "UTC" });

/** e.g. `Friday, October 9, 2026 at 12:21:34 AM Coordinated Universal Time`. */
function longDate(time: number): string {
  return FULL.format(time).replaceAll("\u202f", " ");
}
