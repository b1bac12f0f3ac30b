// What counts as the recorded answer: a table of cases.

import { expect, test } from "vitest";
import { differences } from "./differences.ts";

test.each<[string, unknown, unknown, string[]]>([
  ["the same", { a: [1, "x"] }, { a: [1, "x"] }, []],
  ["a date for its word", { at: "datetime" }, { at: new Date(0) }, []],
  ["a token twice for one value", { a: "<id:1>", b: "x-<id:1>" }, { a: "q", b: "x-q" }, []],
  ["JSON text for what it says", { Policy: { Version: "1" } }, { Policy: '{"Version":"1"}' }, []],
  ["a token for two values", { a: "<id:1>", b: "<id:1>" }, { a: "q", b: "r" }, ["b: <id:1> was q, now it is r"]],
  ["another value", { a: 1 }, { a: "1" }, ['a: 1 was recorded, ours is "1"']],
  ["a member too few", { a: 1 }, {}, ["a: 1 was recorded, ours has none"]],
  ["a member too many", {}, { a: 1 }, ["a: none was recorded, ours is 1"]],
  ["a list too short", [1, 2], [1], [": 2 were recorded, ours are 1"]],
  ["text around a token", "is <id:1>!", "was q!", [': "is <id:1>!" was recorded, ours is "was q!"']],
])("%s", (_name, recorded, ours, found) => {
  expect(differences(recorded, ours, new Map())).toEqual(found);
});
