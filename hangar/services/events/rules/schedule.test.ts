// Schedule expressions: those AWS takes, when they are due next, and those it refuses.

import { describe, expect, test } from "vitest";
import { parseSchedule } from "./schedule.ts";

const next = (expression: string, after: string): string | undefined => {
  const at = parseSchedule(expression).next(Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

describe("is due next", () => {
  // A Monday.
  const monday = "2026-01-05T09:07:00Z";
  test.each([
    ["rate(1 minute)", monday, "2026-01-05T09:08"],
    ["rate(5 minutes)", monday, "2026-01-05T09:12"],
    ["rate(1 hour)", monday, "2026-01-05T10:07"],
    ["rate(2 days)", monday, "2026-01-07T09:07"],
    ["cron(0 20 * * ? *)", monday, "2026-01-05T20:00"],
    ["cron(15 12 * * ? *)", "2026-01-05T12:15:00Z", "2026-01-06T12:15"],
    ["cron(0 18 ? * MON-FRI *)", "2026-01-09T18:00:00Z", "2026-01-12T18:00"],
    ["cron(0 8 1 * ? *)", monday, "2026-02-01T08:00"],
    ["cron(0/15 * * * ? *)", monday, "2026-01-05T09:15"],
    ["cron(0/5 8-17 ? * MON-FRI *)", "2026-01-05T17:57:00Z", "2026-01-06T08:00"],
    ["cron(5,35 14 * * ? *)", "2026-01-05T14:05:00Z", "2026-01-05T14:35"],
    ["cron(0 2 ? * SAT *)", monday, "2026-01-10T02:00"],
    ["cron(0 2 ? * SAT#3 *)", monday, "2026-01-17T02:00"],
    ["cron(0 10 L * ? *)", monday, "2026-01-31T10:00"],
    ["cron(0 10 ? * 6L *)", monday, "2026-01-30T10:00"],
    ["cron(0 0 29 2 ? *)", monday, "2028-02-29T00:00"],
    ["cron(0 0 31 * ? *)", "2026-02-05T00:00:00Z", "2026-03-31T00:00"],
    ["cron(0 10 LW * ? *)", monday, "2026-01-30T10:00"],
    ["cron(0 10 3W * ? *)", "2026-01-05T00:00:00Z", "2026-02-03T10:00"],
    ["cron(0 10 1W * ? *)", "2026-07-31T00:00:00Z", "2026-08-03T10:00"],
    ["cron(0 10 ? * FRI-MON *)", "2026-01-06T00:00:00Z", "2026-01-09T10:00"],
    ["cron(0 22-2/2 * * ? *)", "2026-01-05T22:30:00Z", "2026-01-06T00:00"],
    ["cron(0 0 1 1 ? 2030/5)", monday, "2030-01-01T00:00"],
    ["cron(0 0 30 2 ? *)", monday, undefined],
    ["cron(15 10 ? * 6L 2002-2005)", monday, undefined],
    ["cron(0/5 5 ? JAN 1-5 2022)", monday, undefined],
  ])("%s after %s: %s", (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });
});

test.each([
  "cron(INVALID)",
  "cron(0 dummy ? * MON-FRI *)",
  "cron(7 20 * * NOT *)",
  "cron(71 8 1 * ? *)",
  "cron(0 1 * * * *)",
  "cron(0 1 ? * ? *)",
  "cron(0 20 * * *)",
  "rate(0 minutes)",
  "rate(1 minutes)",
  "rate(5 minute)",
  "rate(10 seconds)",
  "rate(minutes)",
  "every day",
])("%s is refused", (expression) => {
  expect(() => parseSchedule(expression)).toThrow("Parameter ScheduleExpression is not valid.");
});
