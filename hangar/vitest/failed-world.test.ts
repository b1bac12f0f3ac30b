// The folders of failed tests' worlds.

import { relative, sep } from "node:path";
import { expect, test } from "vitest";
import { failedFolder } from "./failed-world.ts";

test.each([
  [["orders.test.ts", "an order", "is paid"], "orders.test.ts-an-order-is-paid"],
  [["../../etc", "passwd"], "etc-passwd"],
  [["a.test.ts", "a/b\\c:d*e?f\u0000g"], "a.test.ts-a-b-c-d-e-f-g"],
  [["é.test.ts", "größer"], "é.test.ts-größer"],
  [["...", ""], ""],
])("%j has a folder of its own below .hangar/failed", (names, readable) => {
  const place = relative("/project", failedFolder("/project", names)).split(sep);
  expect(place).toEqual([".hangar", "failed", expect.stringMatching(/^.*-[0-9a-f]{6}$/)]);
  expect(place[2]?.slice(0, -7)).toBe(readable);
});

test("a long name is cut, and tests whose names read the same do not share a folder", () => {
  expect(failedFolder("/p", ["a.test.ts", "x".repeat(1000)]).length).toBeLessThan(120);
  const folders = [
    ["a.test.ts", "one two", "three"],
    ["a.test.ts", "one", "two three"],
    ["a.test.ts", "one/two", "three"],
  ].map((names) => failedFolder("/p", names));
  expect(new Set(folders).size).toBe(3);
});
