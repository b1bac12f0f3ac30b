// AWS's cron: what it takes, and when it is due next.

import { expect, test } from "vitest";
import { parseCron } from "./cron.ts";

test.each([
  ["0 0 29 2 ? *", "2026-01-05T00:00:00Z", "2028-02-29T00:00"],
  ["0 0 31 * ? *", "2026-02-05T00:00:00Z", "2026-03-31T00:00"],
  ["0 10 L * ? *", "2026-02-05T00:00:00Z", "2026-02-28T10:00"],
  ["0 10 1W * ? *", "2026-07-31T00:00:00Z", "2026-08-03T10:00"],
  ["0 10 ? * sat#3 *", "2026-01-05T00:00:00Z", "2026-01-17T10:00"],
  ["59 23 31 12 ? 2199", "2026-01-05T00:00:00Z", "2199-12-31T23:59"],
])("%s after %s: %s", (text, after, expected) => {
  const at = parseCron(text)?.(Date.parse(after));
  expect(at === undefined ? undefined : new Date(at).toISOString().slice(0, 16)).toBe(expected);
});

test.each([
  "",
  "* * * * *",
  "0 0 * * * *",
  "60 0 * * ? *",
  "0 24 * * ? *",
  "0 0 32 * ? *",
  "0 0 ? * 8 *",
  "0 0 1 1 ? 2200",
  "0/0 0 * * ? *",
  "0 0 ? * MON#6 *",
])("%j is none", (text) => {
  expect(parseCron(text)).toBeUndefined();
});
