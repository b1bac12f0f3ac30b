// Where values differ from what was expected of them: a table.

import { expect, test } from "vitest";
import { differences, shown } from "./differences.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each<[unknown, unknown, string[]]>([
  [{ a: 1 }, { a: 1, b: 2 }, []],
  [{ a: 1 }, { a: 2 }, ["a: expected 1, was 2"]],
  [{ a: { b: "x" } }, { a: { b: "y" } }, ['a.b: expected "x", was "y"']],
  [{ a: 1 }, {}, ["a: expected 1, was absent"]],
  [{ a: undefined }, {}, []],
  [{ a: 1 }, undefined, ["expected { a: 1 }, was absent"]],
  [[1, { a: 1 }], [1, { a: 1, b: 2 }], []],
  [[1], [1, 2], ["expected 1 elements, there were 2: [1, 2]"]],
  [{ list: [1, 2] }, { list: [1, 3] }, ["list[1]: expected 2, was 3"]],
  [{ list: [] }, { list: "no" }, ['list: expected [], was "no"']],
  [{ Body: "text" }, { Body: bytes("text") }, []],
  [{ Body: bytes("text") }, { Body: Buffer.from("text") }, []],
  [{ Body: { a: 1 } }, { Body: bytes('{"a":1,"b":2}') }, []],
  [{ Message: { a: [1] } }, { Message: '{"a":[1]}' }, []],
  [{ Message: { a: 1 } }, { Message: "{no" }, ['Message: expected { a: 1 }, was "{no"']],
  [{ a: expect.any(String) as unknown }, { a: "x" }, []],
  [{ a: expect.any(String) as unknown }, { a: 1 }, ["a: expected Any<String>, was 1"]],
  [{ a: expect.stringContaining("x") as unknown }, { a: "y" }, ['a: expected StringContaining "x", was "y"']],
  [{ a: expect.not.stringContaining("x") as unknown }, { a: "y" }, []],
  [{ at: new Date(5) }, { at: new Date(5) }, []],
  [{ n: 1n }, { n: 1 }, ["n: expected 1n, was 1"]],
  [{ a: null }, { a: null }, []],
])("%o of %o", (expected, actual, found) => {
  expect(differences(expected, actual)).toEqual(found);
});

test.each<[unknown, string]>([
  [{ "a-b": ["x", 1] }, '{ "a-b": ["x", 1] }'],
  [bytes("text"), '"text"'],
  [new Uint8Array([0, 255]), "(2 bytes)"],
  [new Uint8Array(600), "(600 bytes)"],
])("%o is shown as %s", (value, text) => {
  expect(shown(value)).toBe(text);
});
