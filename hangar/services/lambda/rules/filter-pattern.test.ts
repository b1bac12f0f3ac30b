// Event filters as tables of cases.

import { expect, test } from "vitest";
import { isPattern, matches, passes } from "./filter-pattern.ts";

const event = { body: { city: "Bern", count: 7, tags: ["a", "b"], price: "12.5", none: null }, eventName: "INSERT" };

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
  ["wildcard", { body: { city: [{ wildcard: "B*n" }] } }, true],
])("%s", (_name, pattern, expected) => {
  expect(matches(pattern, event)).toBe(expected);
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
  ['["a"]', false],
])("%s is a pattern: %s", (text, expected) => {
  expect(isPattern(text)).toBe(expected);
});
