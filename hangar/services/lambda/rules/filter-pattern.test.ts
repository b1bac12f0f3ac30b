// Event filters as tables of cases.

import { expect, test } from "vitest";
import { isPattern, passes } from "./filter-pattern.ts";

const event = {
  body: {
    city: "Bern",
    count: 7,
    tags: ["a", "b"],
    price: "12.5",
    none: null,
    lines: [
      { kind: "a", n: 1 },
      { kind: "b", n: 2 },
    ],
  },
  eventName: "INSERT",
};

test.each<[string, object, boolean]>([
  ["equal text", { eventName: ["INSERT"] }, true],
  ["one of several", { eventName: ["REMOVE", "INSERT"] }, true],
  ["other text", { eventName: ["REMOVE"] }, false],
  ["nested", { body: { city: ["Bern"] } }, true],
  ["two members must both match", { body: { city: ["Bern"], count: [8] } }, false],
  ["null", { body: { none: [null] } }, true],
  ["an element of a list", { body: { tags: ["b"] } }, true],
  ["prefix", { body: { city: [{ prefix: "Be" }] } }, true],
  ["suffix", { body: { city: [{ suffix: "rn" }] } }, true],
  ["ignoring case", { body: { city: [{ "equals-ignore-case": "BERN" }] } }, true],
  ["anything but", { body: { city: [{ "anything-but": ["Bern"] }] } }, false],
  ["anything but a prefix", { body: { city: [{ "anything-but": { prefix: "Zu" } }] } }, true],
  ["numeric range", { body: { count: [{ numeric: [">", 5, "<=", 7] }] } }, true],
  ["numeric outside", { body: { count: [{ numeric: [">", 7] }] } }, false],
  ["numbers as DynamoDB sends them are text", { body: { price: [{ numeric: ["=", 12.5] }] } }, false],
  ["and match as text", { body: { price: ["12.5"] } }, true],
  ["but no number", { body: { price: [12.5] } }, false],
  ["exists", { body: { city: [{ exists: true }] } }, true],
  ["does not exist", { body: { ghost: [{ exists: false }] } }, true],
  ["missing member", { body: { ghost: ["x"] } }, false],
  ["either", { $or: [{ eventName: ["REMOVE"] }, { body: { count: [7] } }] }, true],
  ["members of one element of a list", { body: { lines: { kind: ["b"], n: [2] } } }, true],
  ["members of two elements of it", { body: { lines: { kind: ["a"], n: [2] } } }, false],
  ["anything but several suffixes", { body: { city: [{ "anything-but": { suffix: ["rn", "ch"] } }] } }, false],
  ["anything but, in a list of which one is", { body: { tags: [{ "anything-but": ["a"] }] } }, true],
  ["no member for anything-but", { body: { ghost: [{ "anything-but": ["a"] }] } }, false],
  ["an address range", { body: { city: [{ cidr: "10.0.0.0/8" }] } }, false],
  ["wildcard", { body: { city: [{ wildcard: "B*n" }] } }, true],
])("%s", (_name, pattern, expected) => {
  expect(passes([JSON.stringify(pattern)], event)).toBe(expected);
});

test("without patterns everything passes; with several, one is enough", () => {
  expect(passes([], event)).toBe(true);
  expect(passes(['{"eventName":["X"]}', '{"eventName":["INSERT"]}'], event)).toBe(true);
  expect(passes(['{"eventName":["X"]}'], event)).toBe(false);
});

test.each([
  ['{"a":["b"]}', true],
  ['{"a":{"b":[1]}}', true],
  ['{"a":[]}', false],
  ['{"a":"b"}', false],
  ["simple string", false],
  ["{}", false],
  ['{"a":{}}', false],
  ['{"a":[["b"]]}', false],
  ['{"a":[{"unknown":"b"}]}', false],
  ['{"a":[{"prefix":1}]}', false],
  ['{"a":[{"numeric":[">","5"]}]}', false],
  ['{"a":[{"numeric":["!",5]}]}', false],
  ['{"a":[{"exists":"yes"}]}', false],
  ['{"$or":[{"a":["b"]}]}', false],
  ['{"$or":[{"a":["b"]},{"c":["d"]}]}', true],
  ['["a"]', false],
])("%s is a pattern: %s", (text, expected) => {
  expect(isPattern(text)).toBe(expected);
});
