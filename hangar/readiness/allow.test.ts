// Allowances: by any name a finding goes by, through their last day, and never without a word when they are good for nothing.

import { expect, test } from "vitest";
import { allow } from "./allow.ts";
import type { ReportedFinding } from "./finding.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const finding: ReportedFinding = {
  rule: "inert",
  level: "error",
  stack: "Shop",
  logicalId: "Count3F",
  property: "Architectures",
  path: "Shop/Count",
  type: "AWS::Lambda::Function",
  message: "no effect",
};
const allowance = { rule: "inert", subject: "AWS::Lambda::Function", reason: "no native code", until: "2026-12-31" };
const allowed = { reason: "no native code", until: "2026-12-31" };

test.each([
  "AWS::Lambda::Function",
  "AWS::Lambda::Function.Architectures",
  "Architectures",
  "Shop/Count3F",
  "Shop/Count",
  "Shop/*",
  "Shop",
  "*.Architectures",
  "*",
])("%s names it", (subject) => {
  expect(allow([finding], [{ ...allowance, subject }], NOW)).toEqual([{ ...finding, allowed }]);
});

test.each([
  { rule: "missing" },
  { subject: "AWS::Lambda" },
  { subject: "Count" },
  { subject: "AWS.*" },
  { subject: "AWS::Lambda::Function.Runtime" },
])("%o does not: the finding stays, and the allowance is a note", (other) => {
  const [kept, note, ...more] = allow([finding], [{ ...allowance, ...other }], NOW);
  expect(more).toEqual([]);
  expect(kept).toEqual(finding);
  expect(note).toMatchObject({ rule: "unused-allowance", level: "note" });
});

test.each([
  ["2026-11-22", true],
  ["2026-11-21", true],
  ["2026-11-20", false],
])(
  "an allowance until %s holds at noon of the 22nd, UTC, as long as it is its last day somewhere: %s",
  (until, holds) => {
    const [first, ...more] = allow([finding], [{ ...allowance, until }], NOW - 1);
    expect(first?.allowed !== undefined).toBe(holds);
    expect(more.map(({ rule, level }) => [rule, level])).toEqual(holds ? [] : [["expired-allowance", "error"]]);
  },
);

test("of two allowances the one that still holds counts, and the other is said to have ended", () => {
  const all = allow([finding], [{ ...allowance, until: "2026-01-01" }, allowance], NOW);
  expect(all.map(({ rule, allowed: by }) => [rule, by?.until])).toEqual([
    ["inert", "2026-12-31"],
    ["expired-allowance", undefined],
  ]);
});
