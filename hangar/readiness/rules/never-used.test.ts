// What the last suite never exercised is a note, or what the project says; a run of a part says nothing.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { usageWith } from "../test-usage.ts";
import { neverUsed } from "./never-used.ts";

const stack = stackWith({
  Daily: { Type: "AWS::Events::Rule", Properties: { ScheduleExpression: "rate(1 day)" } },
  Busy: { Type: "AWS::Lambda::Function" },
});
const usage = usageWith([stack], {
  functions: { "arn:aws:lambda:us-east-1:000000000000:function:Busy": { ok: 1, errors: {} } },
});
const finding = {
  rule: "never-used",
  level: "note",
  stack: "Shop",
  logicalId: "Daily",
  message: "The schedule never ran in the last suite: Daily.",
  help: "cloud.clock.advance(...) in a test runs what falls due on the way.",
};

test("what was never used is told once, what was used is not", () => {
  expect(found(neverUsed, stack, { usage })).toEqual([finding]);
});

test("the project says how much it matters", () => {
  expect(found(neverUsed, stack, { usage, unused: "error" })).toEqual([{ ...finding, level: "error" }]);
  expect(found(neverUsed, stack, { usage, unused: "off" })).toEqual([]);
});

test("without a suite, after a part of it or a failed one, nobody knows", () => {
  expect(found(neverUsed, stack)).toEqual([]);
  expect(found(neverUsed, stack, { usage: { ...usage, only: ["orders"] } })).toEqual([]);
  expect(found(neverUsed, stack, { usage: { ...usage, passed: false } })).toEqual([]);
});
