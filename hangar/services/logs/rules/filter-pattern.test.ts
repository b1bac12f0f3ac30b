// Filter patterns against messages, case by case.

import { expect, test } from "vitest";
import { filterPattern } from "./filter-pattern.ts";

const line =
  '{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another"],"n":5,"ok":true,"none":null,"objects":[{"a":1},{"a":2}],"nested":{"key.with.dots":"x"}}';

const cases: readonly (readonly [pattern: string, message: string, matches: boolean])[] = [
  ["", "anything", true],
  ["ERROR", "[ERROR 400] BAD", true],
  ["ERROR", "error", false],
  ["ERROR ARGUMENTS", "ERROR INVALID ARGUMENTS", true],
  ["ERROR ARGUMENTS", "ERROR", false],
  ["?ERROR ?WARN", "WARN only", true],
  ["?ERROR ?WARN", "INFO", false],
  ["ERROR -EXITING", "ERROR EXITING", false],
  ["ERROR -EXITING", "ERROR", true],
  ['"INTERNAL SERVER ERROR"', "500 INTERNAL SERVER ERROR", true],
  ['"INTERNAL SERVER ERROR"', "INTERNAL ERROR", false],
  ["%E.R%", "ERR", true],
  ['{ $.eventType = "UpdateTrail" }', line, true],
  ['{ $.eventType = "Update*" }', line, true],
  ['{ $.eventType != "UpdateTrail" }', line, false],
  ["{ $.sourceIPAddress = 111.111.* }", line, true],
  ['{ $.arrayKey[0] = "value" }', line, true],
  ['{ $.arrayKey[*] = "another" }', line, true],
  ["{ $.objects[*].a = 2 }", line, true],
  ["{ $.n >= 5 && $.n < 6 }", line, true],
  ["{ ($.n > 5) || ($.ok IS TRUE) }", line, true],
  ["{ $.none IS NULL }", line, true],
  ["{ $.missing NOT EXISTS }", line, true],
  ["{ $.n NOT EXISTS }", line, false],
  ["{ $.nested.['key.with.dots'] = x }", line, true],
  ["{ $.eventType = %Trail$% }", line, true],
  ["{ $.a = 1 }", "no JSON", false],
  ["[a, b]", "one two", true],
  ["[a, b]", "one two three", false],
  ["[a, ..., z = three]", "one two three", true],
  ["[level = ERROR || level = WARN, ...]", "WARN it burns", true],
  ["[ip, bytes > 1000]", "1.1.1.1 1001", true],
  ["[ip, bytes > 1000]", "1.1.1.1 999", false],
];

test.for(cases)("%s matches %s: %s", ([pattern, message, matches]) => {
  expect(filterPattern(pattern)(message) !== undefined).toBe(matches);
});

test.for(["{ $.a", "[a, b", "{ $.a ? 1 }", "{ $.a > x }"])("%s is no pattern", (pattern) => {
  expect(() => filterPattern(pattern)).toThrow("Invalid filter pattern");
});
