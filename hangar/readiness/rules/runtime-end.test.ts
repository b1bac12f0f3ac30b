// Runtimes judged by the day they are deployed on.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { runtimeEnd } from "./runtime-end.ts";

const of = (Runtime: unknown): ReturnType<typeof stackWith> =>
  stackWith({ Count: { Type: "AWS::Lambda::Function", Properties: { Runtime } } });

test.each([
  ["nodejs22.x", "2026-10-31", undefined],
  ["nodejs22.x", "2026-11-01", "note"],
  ["nodejs22.x", "2027-04-29", "note"],
  ["nodejs22.x", "2027-04-30", "warning"],
  ["nodejs22.x", "2027-06-01", "error"],
  ["nodejs22.x", "2027-07-01", "error"],
  ["nodejs24.x", "2026-11-22", undefined],
  ["nodejs20.x", "2026-11-22", "warning"],
  ["nodejs14.x", "2026-11-22", "error"],
  ["provided.al2023", "2036-11-22", undefined],
  [{ Ref: "AWS::NoValue" }, "2036-11-22", undefined],
])("%s on %s: %s", (runtime, day, level) => {
  expect(found(runtimeEnd, of(runtime), { now: Date.parse(day) }).map((finding) => finding.level)).toEqual(
    level === undefined ? [] : [level],
  );
});
