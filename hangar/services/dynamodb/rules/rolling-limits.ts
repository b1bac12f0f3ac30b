// Changes that a table allows only so often: times of the last ones, and what is said to one more.

import { limitExceeded } from "../errors.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CLASS_DAYS = 30;
const CLASS_CHANGES = 2;
const DAILY = 4;
const ENCRYPTION_PAUSE = 6 * HOUR;

/** Times of changes, oldest first; those too old to matter are left out when one is added. */
export type Changes = readonly number[];

export function withClassChange(changes: Changes | undefined, now: number): Changes {
  const recent = within(changes, now, CLASS_DAYS * DAY);
  if (recent.length >= CLASS_CHANGES)
    throw limitExceeded(
      `Subscriber limit exceeded: Updates to TableClass are limited to ${CLASS_CHANGES} times in ${CLASS_DAYS} day(s).`,
    );
  return [...recent, now];
}

/** To on-demand; back to provisioned capacity a table may go at any time. */
export function withSwitchToOnDemand(changes: Changes | undefined, now: number): Changes {
  const recent = within(changes, now, DAY);
  const [oldest] = recent;
  if (oldest !== undefined && recent.length >= DAILY)
    throw limitExceeded(
      `Subscriber limit exceeded: Update to PayPerRequest mode are limited to ${DAILY} times in 1 day(s). Last update at ${plainDate(recent.at(-1) ?? now)}. Next update can be made at ${plainDate(oldest + DAY)}`,
    );
  return [...recent, now];
}

/** The window of a day begins with its first change. */
export function withEncryptionChange(changes: Changes | undefined, now: number): Changes {
  const [first] = changes ?? [];
  if (changes === undefined || first === undefined || now >= first + DAY) return [now];
  const last = changes.at(-1) ?? first;
  if (changes.length >= DAILY && now < last + ENCRYPTION_PAUSE)
    throw limitExceeded(
      `Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at ${iso(first + DAY)}. After the first ${DAILY} change, each subsequent change in the same window can be performed at most once every ${ENCRYPTION_PAUSE / 1000} seconds. Number of updates today: ${changes.length}. Last change at ${iso(last)}. Next changes can be made at ${iso(Math.min(first + DAY, last + ENCRYPTION_PAUSE))}.`,
    );
  return [...changes, now];
}

function within(changes: Changes | undefined, now: number, span: number): Changes {
  return (changes ?? []).filter((at) => at > now - span);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** e.g. `Sat Feb 23 03:07:45 UTC 2019`. */
function plainDate(time: number): string {
  const [day, date, month, year, clock] = new Date(time).toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
}
